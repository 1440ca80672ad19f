using Brigade.Web.Features.Webhooks.Sending;

namespace Brigade.Web.Tests.Features.Webhooks.Sending;

public sealed class WebhookSignatureTests
{
    /// <summary>The example of the Standard Webhooks specification's reference libraries.</summary>
    [Fact]
    public void Of_ExampleOfTheSpecification_IsTheSame()
    {
        var signature = WebhookSignature.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void NewSecret_Each_IsAnotherOf32Bytes()
    {
        var secret = WebhookSignature.NewSecret();

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);
        Assert.NotEqual(secret, WebhookSignature.NewSecret(), StringComparer.Ordinal);
    }
}
