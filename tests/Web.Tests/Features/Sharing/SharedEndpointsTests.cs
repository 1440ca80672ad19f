using System.Net;
using System.Net.Http.Headers;
using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Sharing;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Sharing;

/// <summary>What a stranger gets by a share link, from the running server.</summary>
public sealed class SharedEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _stranger = server.Client(token: null);
    private readonly Dictionary<string, Guid> _shares = [];

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task Page_OfARun_ShowsTheResultWithHeadersThatKeepItToItself()
    {
        var token = await ShareAsync(ShareTarget.OfRun(await RunAsync("shared <run>")));

        using var response = await _stranger.GetAsync($"/shared/{token}");

        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("shared &lt;run&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("Shared by Brigade", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What was asked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Host host", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("noindex, nofollow", Header(response, "X-Robots-Tag"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        var policy = Header(response, "Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.NotNull((await server.Get<ShareStore>().ListAsync()).Single(row => row.Id == _shares[token]).LastSeenAt);
    }

    [Fact]
    public async Task Page_WithSpec_ShowsWhatWasAsked()
    {
        var token = await ShareAsync(ShareTarget.OfRun(await RunAsync("open")), withSpec: true);

        var page = await _stranger.GetStringAsync($"/shared/{token}");

        Assert.Contains("What was asked", page, StringComparison.Ordinal);
        Assert.Contains("Host host", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAComparison_ShowsBothRuns()
    {
        var token = await ShareAsync(ShareTarget.OfComparison([await RunAsync("before"), await RunAsync("after")], []));

        var page = await _stranger.GetStringAsync($"/shared/{token}");

        Assert.Contains("Comparison of 2 runs", page, StringComparison.Ordinal);
        Assert.Contains("before", page, StringComparison.Ordinal);
        Assert.Contains("after", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheLatestRun_FollowsTheExperiment()
    {
        var experiment = (await server.Get<ExperimentStore>().CreateAsync(Given.Spec(Guid.NewGuid().ToString()))).Id;
        await RunAsync("the first one", experiment);
        var token = await ShareAsync(ShareTarget.OfLatest(experiment));
        Assert.Contains("the first one", await _stranger.GetStringAsync($"/shared/{token}"), StringComparison.Ordinal);

        await RunAsync("the second one", experiment);

        Assert.Contains("the second one", await _stranger.GetStringAsync($"/shared/{token}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NotMeasuredYet_SaysSo()
    {
        var run = (await server.Get<RunStore>().CreateAsync(Given.Spec("waiting"), 42, 1, null)).Id;

        Assert.Contains("Nothing was measured yet", await _stranger.GetStringAsync($"/shared/{await ShareAsync(ShareTarget.OfRun(run))}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/embed")]
    [InlineData("/badge.svg")]
    public async Task Anything_RevokedOrUnknown_Is404(string part)
    {
        var token = await ShareAsync(ShareTarget.OfRun(await RunAsync("gone")));
        Assert.Equal(HttpStatusCode.OK, (await _stranger.GetAsync($"/shared/{token}{part}")).StatusCode);

        await server.Get<ShareStore>().RevokeAsync(_shares[token]);

        foreach (var tried in new[] { token, ShareToken.New(), "x", new string('a', 5_000) })
        {
            using var response = await _stranger.GetAsync($"/shared/{tried}{part}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.DoesNotContain("gone", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Embed_OfARun_MayBeFramedAndIsNotSentTwice()
    {
        var token = await ShareAsync(ShareTarget.OfRun(await RunAsync("embedded")));

        using var response = await _stranger.GetAsync($"/shared/{token}/embed?chart=throughput");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/shared/{token}/embed?chart=throughput");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var notModified = await _stranger.SendAsync(again);

        Assert.Contains("<svg", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors *", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("cross-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.CacheControl!.MaxAge);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _stranger.GetAsync($"/shared/{token}/embed?chart=pie")).StatusCode);
    }

    [Fact]
    public async Task Badge_OfStates_SaysThem()
    {
        var running = (await server.Get<RunStore>().CreateAsync(Given.Spec("b"), 42, 1, null)).Id;
        Assert.Contains("brigade: queued", await BadgeAsync(ShareTarget.OfRun(running)), StringComparison.Ordinal);
        Assert.Contains("brigade: completed", await BadgeAsync(ShareTarget.OfRun(await RunAsync("done"))), StringComparison.Ordinal);

        var experiment = (await server.Get<ExperimentStore>().CreateAsync(Given.Spec(Guid.NewGuid().ToString()))).Id;
        await server.Get<BaselineStore>().PinAsync(experiment, "", await RunAsync("base", experiment, throughput: 100, trials: 8), "");
        await RunAsync("slow", experiment, throughput: 50, trials: 8);
        Assert.Contains("slower than the baseline", await BadgeAsync(ShareTarget.OfLatest(experiment)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_RightOne_OpensThePageForThisBrowserAlone()
    {
        var token = await ShareAsync(ShareTarget.OfRun(await RunAsync("locked")), password: "correct horse");
        using var visitor = new Visitor(server);

        using var asked = await visitor.GetAsync($"/shared/{token}");
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Contains("This result has a password", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SendAsync($"/shared/{token}", ("password", "wrong horse"))).StatusCode);
        using var right = await visitor.SendAsync($"/shared/{token}", ("password", "correct horse"));

        Assert.Equal((HttpStatusCode.Found, $"/shared/{token}"), (right.StatusCode, right.Headers.Location!.ToString()));
        Assert.Contains("locked", await visitor.TextAsync($"/shared/{token}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _stranger.GetAsync($"/shared/{token}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/shared/{token}/embed")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/shared/{token}/badge.svg")).StatusCode);
    }

    [Fact]
    public async Task Password_TriedTooOften_IsRefusedEvenWhereItIsRight()
    {
        var token = await ShareAsync(ShareTarget.OfRun(await RunAsync("locked")), password: "correct horse");
        using var visitor = new Visitor(server);
        for (var attempt = 0; attempt < ShareDirectory.MostAttempts; attempt++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SendAsync($"/shared/{token}", ("password", "guess"))).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.SendAsync($"/shared/{token}", ("password", "correct horse"))).StatusCode);
    }

    [Fact]
    public async Task Token_AsABearer_OpensNothing()
    {
        var run = await RunAsync("private");
        var token = await ShareAsync(ShareTarget.OfRun(run));
        using var client = server.Client(token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync($"/api/v1/runs/{run}")).StatusCode);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private async Task<string> BadgeAsync(ShareTarget target)
    {
        using var response = await _stranger.GetAsync($"/shared/{await ShareAsync(target)}/badge.svg");
        Assert.Equal(new MediaTypeHeaderValue("image/svg+xml", "utf-8"), response.Content.Headers.ContentType);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> ShareAsync(ShareTarget target, bool withSpec = false, string password = "")
    {
        var made = (await server.Get<ShareMaking>().MakeAsync(target, withSpec, "", days: 1, password))!;
        _shares[made.Token] = made.Row.Id;
        return made.Token;
    }

    private async Task<Guid> RunAsync(string name, Guid? experiment = null, double throughput = 100, int trials = 1)
    {
        var runs = server.Get<RunStore>();
        var run = (await runs.CreateAsync(Given.Spec(name), 42, trials, experiment)).Id;
        await runs.CommitAsync(run, new RunChanges
        {
            Status = RunStatus.Completed, StartedAt = DateTimeOffset.UnixEpoch.AddYears(50), EndedAt = DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(1), Machine = Given.Machine, Plan = Given.Plan(trials),
            Trials = [.. Enumerable.Range(0, trials).Select(index => Given.Result(index) with { ThroughputPerSecond = throughput + (index * 0.1) })],
        });
        return run;
    }
}
