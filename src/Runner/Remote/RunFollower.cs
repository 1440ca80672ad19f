using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Remote;

/// <summary>Follows a run on a server to its end, over lost connections too, and tells the same events as a run on this machine.</summary>
internal sealed class RunFollower(ServerClient server, TimeProvider time)
{
    /// <summary>The server sends something every 15 seconds.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>How long a server may be gone, which is enough to start it again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private bool _isStarted;
    private string _lastId = "";

    /// <summary>How the run ended.</summary>
    /// <exception cref="ServerException">The server was gone for too long, or does not have the run any more.</exception>
    public async Task<RunState> FollowAsync(Guid run, bool withFrames, IRunOutput output, CancellationToken cancellation)
    {
        var path = $"runs/{run}/events{(withFrames ? "" : "?frames=false")}";
        var pause = TimeSpan.FromMilliseconds(250);
        long? lostAt = null;
        while (true)
        {
            try
            {
                var (ended, isAlive) = await ReadAsync(path, output, cancellation);
                if (ended is not null)
                    return ended;
                if (isAlive)
                    (lostAt, pause) = (null, TimeSpan.FromMilliseconds(250));
            }
            catch (ServerException exception) when (exception.IsTransient)
            {
                lostAt ??= time.GetTimestamp();
                if (time.GetElapsedTime(lostAt.Value) > Patience)
                    throw new ServerException($"{exception.Message} The run may go on there: {server.Page($"/runs/{run}")}", exception.Status, exception);
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Reads until the stream is cut: the last state where the run has ended, and whether anything came.</summary>
    private async Task<(RunState? Ended, bool IsAlive)> ReadAsync(string path, IRunOutput output, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(LongestSilence);
        var isAlive = false;
        try
        {
            using var response = await server.EventsAsync(path, _lastId, silence.Token);
            if (response.StatusCode == HttpStatusCode.NoContent)
                throw new ServerException("The run has ended before it could be followed.", response.StatusCode);
            await using var stream = await response.Content.ReadAsStreamAsync(silence.Token);
            var parser = SseParser.Create(stream);
            await foreach (var item in parser.EnumerateAsync(silence.Token))
            {
                silence.CancelAfter(LongestSilence);
                isAlive = true;
                if (await TakeAsync(item, output) is { } ended)
                    return (ended, isAlive);
                if (parser.LastEventId.Length > 0)
                    _lastId = parser.LastEventId;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Cut, or silent for too long: the next connection goes on behind the last event.
        }
        catch (JsonException exception)
        {
            throw new ServerException($"What {ServerProblem.Shown(server.Address)} sends cannot be read; use the same version of 'brigade' and of the server.", HttpStatusCode.OK, exception);
        }

        return (null, isAlive);
    }

    private async ValueTask<RunState?> TakeAsync(SseItem<string> item, IRunOutput output)
    {
        switch (item.EventType)
        {
            case RunStream.Plan when !_isStarted && Read<RunPlanned>(item) is { } planned:
                _isStarted = true;
                await output.WriteAsync(new RunStarted(time.GetUtcNow(), planned.Machine, planned.Plan));
                break;
            case RunStream.Trial when Read<TrialState>(item) is { } trial:
                await output.WriteAsync(
                    trial.Result is { } result ? new TrialEnded(time.GetUtcNow(), result)
                    : trial.StartupMs is { } startup ? new TrialMeasuring(trial.Index, startup)
                    : new TrialStarted(time.GetUtcNow(), trial.Index));
                break;
            case RunStream.Frame when Read<Frame>(item) is { } frame:
                await output.WriteAsync(new FrameRecorded(frame));
                break;
            case RunStream.State when Read<RunState>(item) is { } state && state.Status.IsTerminal():
                await output.WriteAsync(new RunEnded(time.GetUtcNow(), state.Status, state.Reason));
                return state;
        }

        return null;
    }

    private static T? Read<T>(SseItem<string> item) => JsonSerializer.Deserialize<T>(item.Data, BrigadeJson.Options);
}
