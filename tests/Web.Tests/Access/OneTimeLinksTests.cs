using Brigade.Web.Access;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Access;

public sealed class OneTimeLinksTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    private IOneTimeLinks Links => server.Services.GetRequiredService<IOneTimeLinks>();

    [Fact]
    public async Task Redeem_FreshLink_WorksExactlyOnce()
    {
        var user = Guid.NewGuid();
        var token = Token(await Links.CreateAsync(user));

        Assert.Equal(user, (await Links.RedeemAsync(token))!.UserId);
        Assert.Null(await Links.RedeemAsync(token));
    }

    [Fact]
    public async Task Redeem_TwiceAtOnce_LetsOneIn()
    {
        var token = Token(await Links.CreateAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Links.RedeemAsync(token)));

        Assert.Single(answers, answer => answer is not null);
    }

    [Fact]
    public async Task Redeem_AfterADay_IsRefused()
    {
        var yesterday = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-24));
        var link = await new OneTimeLinks(server.Services.GetRequiredService<IServiceScopeFactory>(), yesterday).CreateAsync();

        Assert.Equal(yesterday.GetUtcNow().AddHours(24), link.ExpiresAt);
        Assert.Null(await Links.RedeemAsync(Token(link)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("guess")]
    public async Task Redeem_Unknown_IsRefused(string token)
    {
        await Links.CreateAsync();

        Assert.Null(await Links.RedeemAsync(token));
    }

    [Fact]
    public async Task Create_Twice_BothWorkAndDiffer()
    {
        var (first, second) = (Token(await Links.CreateAsync()), Token(await Links.CreateAsync()));

        Assert.False(string.Equals(first, second, StringComparison.Ordinal));
        Assert.True(first.Length >= 43, "256 bits in base 64");
        Assert.NotNull(await Links.RedeemAsync(second));
        Assert.NotNull(await Links.RedeemAsync(first));
    }

    private static string Token(OneTimeLink link) => link.Path["/open/".Length..];
}
