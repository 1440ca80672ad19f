using System.Net;
using System.Text.Json.Nodes;
using Brigade.Analysis.Comparing;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Commands;
using Brigade.Runner.Runs;
using Brigade.Runner.Terminal;
using Spectre.Console;

namespace Brigade.Runner.Remote;

/// <summary>What a run on a server is held against.</summary>
/// <param name="IsTracked">Whether it is one of the stored experiment of the spec's name.</param>
/// <param name="Against"><c>baseline</c> or the id of a run; null for no comparison.</param>
/// <param name="Pin">Whether it becomes the experiment's baseline where it is good.</param>
internal sealed record RemoteRunOptions(bool IsTracked, string? Against, bool Pin, string Note)
{
    public const string Baseline = "baseline";
}

/// <summary>Has a server execute a spec, shows it as it happens, and prints what came out as a run on this machine does.</summary>
internal sealed class RemoteRun(ServerClient server, RunConsole console, TimeProvider time)
{
    /// <summary>How long the server may take to end a cancelled run.</summary>
    private static readonly TimeSpan CancelWithin = TimeSpan.FromSeconds(60);

    /// <returns>The exit code.</returns>
    /// <exception cref="ServerException">The server refused, or was gone for too long.</exception>
    /// <exception cref="RunOutputException">The result cannot be written.</exception>
    public async Task<int> StartAsync(ExperimentSpec spec, RemoteRunOptions options, string? json, CancellationToken interrupted)
    {
        var experiment = options.IsTracked ? await new TrackedExperiment(server).StoreAsync(spec, interrupted) : (Guid?)null;
        var run = (await server.SendAsync<Submitted>(HttpMethod.Post, "runs", experiment is { } id ? new JsonObject { ["experimentId"] = id } : new JsonObject { ["spec"] = JsonNode.Parse(SpecWriter.ToJson(spec)) }, interrupted)).Id;
        console.Out.WriteLine($"{spec.Name}: {server.Page($"/runs/{run}")}");

        var ended = await FollowAsync(run, spec, interrupted);
        var result = await ResultAsync(run);
        if (result is null)
        {
            await Stderr.TellAsync($"brigade: {ended.Reason}");
            return ExitCodes.RunFailed;
        }

        if (json is not null)
            await JsonFile.WriteAsync(json, result);
        ClosingReport.Write(console.Out, result);
        if (ended.Status != RunStatus.Completed)
        {
            await Stderr.TellAsync($"brigade: {ended.Reason}");
            return ExitCodes.RunFailed;
        }

        var compared = options.Against is { } against ? await CompareAsync(run, against) : ExitCodes.Done;
        var code = result.Thresholds.All(threshold => threshold.Holds) ? compared : ExitCodes.ThresholdFailed;
        if (code == ExitCodes.Done && options.Pin)
            await PinAsync(experiment!.Value, run, options.Note);
        return code;
    }

    /// <summary>Follows the run to its end; where it is interrupted, the server is told to cancel it, and what it still sends is shown.</summary>
    private async Task<RunState> FollowAsync(Guid run, ExperimentSpec spec, CancellationToken interrupted)
    {
        using var abandoned = new CancellationTokenSource();
        await using var progress = console.Progress(spec);
        var following = new RunFollower(server, time).FollowAsync(run, console.IsTerminal, progress, abandoned.Token);
        var interruption = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = interrupted.Register(interruption.SetResult);
        if (await Task.WhenAny(following, interruption.Task) == following)
            return await following;
        abandoned.CancelAfter(CancelWithin);
        try
        {
            await server.SendAsync<Submitted>(HttpMethod.Post, $"runs/{run}/cancel", body: null, abandoned.Token);
            return await following;
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            throw new ServerException($"The run was told to cancel and has not ended within {CancelWithin.TotalSeconds:0} s: {server.Page($"/runs/{run}")}");
        }
    }

    /// <summary>Null where the run ended before it measured anything.</summary>
    private async Task<RunResult?> ResultAsync(Guid run)
    {
        try
        {
            return await server.GetAsync<RunResult>($"runs/{run}/result", CancellationToken.None);
        }
        catch (ServerException exception) when (exception.Status == HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    private async Task<int> CompareAsync(Guid run, string against)
    {
        var isBaseline = against == RemoteRunOptions.Baseline;
        try
        {
            return await RemoteComparison.ShowAsync(server, $"runs/{run}/comparison{(isBaseline ? "" : $"?with={against}")}", console, json: null, CancellationToken.None);
        }
        catch (ServerException exception) when (isBaseline && exception.Status == HttpStatusCode.NotFound)
        {
            // The first run of an experiment is no failure; but nobody should think that something was compared.
            await Stderr.TellAsync("brigade: There is no baseline yet, so nothing was compared. Run once with --pin, or pin a run on its page.");
            return ExitCodes.Done;
        }
    }

    private async Task PinAsync(Guid experiment, Guid run, string note)
    {
        await server.SendAsync<JsonObject>(HttpMethod.Put, $"experiments/{experiment}/baselines", new JsonObject { ["runId"] = run, ["note"] = note }, CancellationToken.None);
        console.Out.WriteLine("Pinned as the baseline.");
    }

    private sealed record Submitted(Guid Id, RunStatus Status);
}

/// <summary>Shows comparisons that a server made.</summary>
internal static class RemoteComparison
{
    /// <summary>Prints it; the exit code tells whether a cell is slower, or there was nothing to compare.</summary>
    public static async Task<int> ShowAsync(ServerClient server, string path, RunConsole console, string? json, CancellationToken cancellation)
    {
        var comparison = await server.GetAsync<Comparison>(path, cancellation);
        if (comparison.Cells.Count == 0)
        {
            await Stderr.TellAsync($"brigade: {(comparison.Differences is [var first, ..] ? first.Text : "The runs have no cell in common, so there is nothing to compare.")}");
            return ExitCodes.Wrong;
        }

        if (json is not null)
            await JsonFile.WriteAsync(json, comparison);
        ComparisonReport.Write(console.Out, comparison);
        return comparison.Cells.Any(cell => cell.Verdicts.Any(verdict => verdict.Verdict == Verdict.Slower)) ? ExitCodes.ThresholdFailed : ExitCodes.Done;
    }
}
