using System.Net;
using System.Net.Sockets;
using System.Text;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>A server that pauses once: who measures from the actual start hardly sees it, because the requests that would have met the pause were not sent.</summary>
public sealed class CoordinatedOmissionTests
{
    private const int Arrivals = 400;
    private const int PauseMs = 500;

    [Theory]
    [InlineData("python")]
    [InlineData("dotnet")]
    public async Task OpenLoad_ServerThatPauses_ShowsItInTheCorrectedLatencyOnly(string runtime)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var server = new PausingServer(patience.Token);
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["url"] = ParameterValue.Of(server.Url) };
        var spec = new ExperimentSpec
        {
            Name = "pause",
            Workload = new WorkloadSpec { Kernel = "io.http", Params = parameters },
            Load = new LoadSpec { Rate = 200, Duration = TimeSpan.FromSeconds(2) },
            Warmup = new WarmupSpec { Tasks = 2 },
        };
        var executor = new TrialExecutor(new TrialHostCatalogue(await RuntimeFinder.FindAsync(patience.Token)), TimeProvider.System);

        var result = await executor.ExecuteAsync(
            new TrialJob(spec, new Cell(runtime, Strategy.Threads, 1, null, null, null, 0, parameters), new PlannedTrial(0, 0, 1)), Emit, patience.Token);

        ValueTask Emit(RunEvent runEvent)
        {
            if (runEvent is TrialMeasuring)
            {
                server.PauseSoon();
            }

            return ValueTask.CompletedTask;
        }

        Assert.Equal((TrialStatus.Completed, "", (long?)Arrivals, 0L), (result.Status, result.Failure, result.Offered, result.Dropped));
        Assert.InRange(result.Latency.P99Ms!.Value, PauseMs * 0.6, 60_000);
        Assert.InRange(result.Uncorrected!.P99Ms!.Value, 0, PauseMs * 0.4);
        Assert.InRange(result.Uncorrected.MaxMs!.Value, PauseMs * 0.9, 60_000);
        Assert.True(result.SchedulingP99Ms > PauseMs * 0.5);
    }

    /// <summary>Answers one connection after the other; before one of its answers it pauses.</summary>
    private sealed class PausingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _answers;

        private int _pauseAt = int.MaxValue;

        public PausingServer(CancellationToken cancellation)
        {
            _listener.Start();
            _ = AcceptAsync(cancellation);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        /// <summary>Pauses before one of the next answers.</summary>
        public void PauseSoon() => Volatile.Write(ref _pauseAt, Volatile.Read(ref _answers) + 50);

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync(CancellationToken cancellation)
        {
            try
            {
                while (true)
                {
                    _ = AnswerAsync(await _listener.AcceptTcpClientAsync(cancellation), cancellation);
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
            }
        }

        private async Task AnswerAsync(TcpClient client, CancellationToken cancellation)
        {
            using var closing = client;
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                while (await reader.ReadLineAsync(cancellation) is { } line)
                {
                    if (line.Length > 0)
                    {
                        continue;
                    }

                    if (Interlocked.Increment(ref _answers) == Volatile.Read(ref _pauseAt))
                    {
                        await Task.Delay(PauseMs, cancellation);
                    }

                    await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), cancellation);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
            }
        }
    }
}
