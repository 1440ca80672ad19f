using System.Diagnostics;
using System.Text.Json;
using Brigade.Runner.Runtimes;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

public sealed class DealingAheadTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Deal_WorkersLostBeforeAndInATask_LosesOnlyWhatHadBegun()
    {
        var story = await RunAsync();

        Assert.Equal(3_000, story.Rehearsed);
        Assert.Equal(2, story.AtOnce);
        Assert.Equal([(0, 0), (1, 1), (0, 1), (1, 2), (0, 3), (1, 4)], story.Handed.Select(arrival => (arrival.Worker, arrival.Index)));
        Assert.All(story.Handed, arrival => Assert.Equal(arrival.Index * 100, arrival.AfterMs));
        Assert.Equal([0, 1], story.Lost);
        Assert.False(story.IsOverEarly);
        Assert.Equal((4, 0), (story.Checksum, story.Dropped));
    }

    private static async Task<Story> RunAsync()
    {
        var node = (await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken)).First(runtime => runtime is { Language: "node", IsDefault: true });
        var script = Path.Combine(AppContext.BaseDirectory, "TrialHosts", "Node", "deal-ahead.mjs");
        using var process = Process.Start(new ProcessStartInfo(node.Path, [script, HostFiles.PathOf("node")]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Story>(output, Json)!;
    }

    private sealed record Story(IReadOnlyList<Arrival> Handed, IReadOnlyList<int> Lost, int AtOnce, bool IsOverEarly, int Rehearsed, int Checksum, int Dropped);

    private sealed record Arrival(int Worker, int Index, double AfterMs);
}
