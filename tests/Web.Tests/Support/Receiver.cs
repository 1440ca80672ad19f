using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Brigade.Web.Tests.Support;

/// <summary>A request that a <see cref="Receiver"/> got.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Somebody else's server on this machine: it keeps what it is sent, and answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>The statuses of the next answers; 204 where there is none left.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public string Address => _app.Urls.First();

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

    public bool HasMore => _received.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        await _received.Writer.WriteAsync(new Received(context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal), body));
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : StatusCodes.Status204NoContent;
        if (context.Response.StatusCode is >= 300 and < 400)
            context.Response.Headers.Location = "/elsewhere";
        if (context.Response.StatusCode != StatusCodes.Status204NoContent)
            await context.Response.WriteAsync($"answer {context.Response.StatusCode}");
    }
}
