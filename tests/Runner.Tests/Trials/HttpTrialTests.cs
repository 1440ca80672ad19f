using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>The workload <c>http</c> in both runtimes against a real server.</summary>
public sealed class HttpTrialTests : IAsyncLifetime
{
    private readonly ConcurrentBag<string> _seen = [];
    private readonly ConcurrentDictionary<string, bool> _connections = new(StringComparer.Ordinal);
    private WebApplication? _server;
    private string _http = "";
    private string _https = "";
    private string _http2 = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(SelfSigned());
            });
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
        await _server.StartAsync();
        var urls = _server.Urls.ToList();
        (_http, _https, _http2) = (urls[0], urls[1], urls[2]);
    }

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [InlineData("dotnet", Strategy.Threads)]
    [InlineData("dotnet", Strategy.Async)]
    [InlineData("python", Strategy.Threads)]
    [InlineData("python", Strategy.Async)]
    public async Task ExecuteAsync_Post_SendsWhatTheSpecSays(string runtime, Strategy strategy)
    {
        var result = await RunAsync(runtime, strategy, new HttpSpec
        {
            Url = _http + "/echo/{item}?task={index}",
            Method = "POST",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Item"] = "{item}-{index}", ["Content-Type"] = "application/json" },
            Body = "{\"task\": {index}}",
            ExpectStatus = 201,
        }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["item"] = ParameterValue.Of("abc") });

        Assert.Equal(("", 6L, 0L), (result.Failure, result.Tasks, result.Errors));
        Assert.Contains("POST /echo/abc?task=5 abc-5 application/json {\"task\": 5} HTTP/1.1", _seen);
        Assert.Equal((6 * ((201UL << 32) + 7)).ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
        Assert.InRange(_connections.Count, 1, 3);
    }

    [Theory]
    [InlineData("dotnet", Strategy.Sequential)]
    [InlineData("python", Strategy.Sequential)]
    [InlineData("python", Strategy.Async)]
    public async Task ExecuteAsync_NoKeepAlive_OpensAConnectionForEachTask(string runtime, Strategy strategy)
    {
        var result = await RunAsync(runtime, strategy, new HttpSpec { Url = _http + "/", KeepAlive = false });

        Assert.Equal((6L, 0L), (result.Tasks, result.Errors));
        Assert.Equal(6, _connections.Count);
    }

    [Theory]
    [InlineData("dotnet", Strategy.Sequential)]
    [InlineData("dotnet", Strategy.Async)]
    [InlineData("python", Strategy.Sequential)]
    [InlineData("python", Strategy.Async)]
    public async Task ExecuteAsync_OtherStatusOrNoAnswer_IsAnErrorThatSaysSo(string runtime, Strategy strategy)
    {
        var status = await RunAsync(runtime, strategy, new HttpSpec { Url = _http + "/status/404" });
        var silent = await RunAsync(runtime, strategy, new HttpSpec { Url = _http + "/silent", Timeout = TimeSpan.FromMilliseconds(150) }, tasks: 1);

        Assert.Equal((6L, 6L), (status.Tasks, status.Errors));
        Assert.Contains($"GET {_http}/status/404 answered with status 404; 200 was expected", status.TaskErrors[0].Message, StringComparison.Ordinal);
        Assert.Equal(1, silent.Errors);
        Assert.Contains("no answer within 0.15 s", silent.TaskErrors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task ExecuteAsync_CertificateThatNobodySigned_IsRefusedUnlessTheSpecAllowsIt(string runtime)
    {
        var refused = await RunAsync(runtime, Strategy.Sequential, new HttpSpec { Url = _https + "/" }, tasks: 1);
        var allowed = await RunAsync(runtime, Strategy.Sequential, new HttpSpec { Url = _https + "/", VerifyCertificate = false });

        Assert.Equal(1, refused.Errors);
        Assert.Equal((6L, 0L), (allowed.Tasks, allowed.Errors));
    }

    [Theory]
    [InlineData(Strategy.Threads, false)]
    [InlineData(Strategy.Async, false)]
    [InlineData(Strategy.Threads, true)]
    public async Task ExecuteAsync_Http2_IsSpokenByDotNet(Strategy strategy, bool isSecure)
    {
        var result = await RunAsync("dotnet", strategy, new HttpSpec { Url = (isSecure ? _https : _http2) + "/two", Version = "2", VerifyCertificate = false });

        Assert.Equal(("", 6L, 0L), (result.Failure, result.Tasks, result.Errors));
        Assert.All(_seen, line => Assert.EndsWith(" HTTP/2", line, StringComparison.Ordinal));
    }

    private Task<TrialResult> RunAsync(string runtime, Strategy strategy, HttpSpec http, IReadOnlyDictionary<string, ParameterValue>? parameters = null, int tasks = 6) =>
        RealHosts.RunAsync(new WorkloadSpec { Http = http, Params = parameters ?? new WorkloadSpec().Params }, runtime, strategy, tasks);

    private async Task AnswerAsync(HttpContext context)
    {
        _connections[context.Connection.Id] = true;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Request.Path.Value!;
        _seen.Add($"{context.Request.Method} {path}{context.Request.QueryString} {context.Request.Headers["X-Item"]} {context.Request.ContentType} {body} {context.Request.Protocol}");
        if (path == "/silent")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.StatusCode = path.StartsWith("/status/", StringComparison.Ordinal) ? int.Parse(path[8..], CultureInfo.InvariantCulture) : context.Request.Method == "POST" ? 201 : 200;
        await context.Response.WriteAsync("answer\n");
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
