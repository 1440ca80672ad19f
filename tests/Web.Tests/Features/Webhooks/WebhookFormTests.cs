using Brigade.Data.Entities;
using Brigade.Web.Features.Webhooks;

namespace Brigade.Web.Tests.Features.Webhooks;

public sealed class WebhookFormTests
{
    [Theory]
    [InlineData(WebhookFormat.Standard, "https://example.org/hooks?key=1", "https://example.org/hooks?…")]
    [InlineData(WebhookFormat.Standard, "http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a")]
    [InlineData(WebhookFormat.Slack, "https://hooks.slack.com/services/T0/B0/secret", "https://hooks.slack.com/…")]
    [InlineData(WebhookFormat.Mail, "team@example.org", "team@example.org")]
    public void Target_Good_ShowsWhatIsNoSecret(WebhookFormat format, string target, string shown)
    {
        Assert.Null(WebhookForm.CheckTarget(format, target));
        Assert.Equal(shown, WebhookForm.Show(format, target));
    }

    [Theory]
    [InlineData(WebhookFormat.Standard, "")]
    [InlineData(WebhookFormat.Standard, "example.org/hooks")]
    [InlineData(WebhookFormat.Standard, "file:///etc/passwd")]
    [InlineData(WebhookFormat.Standard, "gopher://example.org/")]
    [InlineData(WebhookFormat.Standard, "https://user:password@example.org/")]
    [InlineData(WebhookFormat.Slack, "team@example.org")]
    [InlineData(WebhookFormat.Mail, "https://example.org/")]
    [InlineData(WebhookFormat.Mail, "a@example.org, b@example.org")]
    [InlineData(WebhookFormat.Mail, "a@example.org\nBcc: b@example.org")]
    public void Target_Wrong_IsSaid(WebhookFormat format, string target) => Assert.Equal("/target", WebhookForm.CheckTarget(format, target)!.Pointer);
}
