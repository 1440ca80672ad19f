using System.CommandLine;
using Brigade.Runner.Remote;
using Brigade.Runner.Runs;
using Brigade.Runner.Terminal;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade run FILE</c>: runs a spec on this machine, with no server, or has a server run it.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The spec, as YAML or JSON." };
        var json = new Option<string?>("--json") { Description = "Write the result as JSON to this file.", HelpName = "OUT" };
        var seed = new Option<int?>("--seed") { Description = "Seed of the order of trials; the spec's own, else drawn, where absent.", HelpName = "N" };
        var histograms = new Option<bool>("--histograms") { Description = "With --json: keep the trials' latency histograms in it, which 'brigade export --as hlog' needs." };
        var server = ServerCommand.Option("Have this server run it.");
        var track = new Option<bool>("--track") { Description = "With --server: keep the run under the experiment of the spec's name, which is made, or changed where it differs from the file." };
        var against = new Option<string?>("--against") { Description = "With --server: compare with 'baseline', which is that of the experiment, or with a run; the exit code is 1 where a cell is slower.", HelpName = "WHAT" };
        var pin = new Option<bool>("--pin") { Description = "With --server: make the run the experiment's baseline where its thresholds hold and no cell is slower." };
        var note = new Option<string?>("--note") { Description = "With --pin: why, in a few words.", HelpName = "TEXT" };
        var command = new Command("run", "Runs a spec on this machine, or on a server, and prints the result.") { file, json, seed, histograms, server, track, against, pin, note, TrustedCode.Option };
        command.SetAction((parsed, cancellation) =>
        {
            var target = new JsonTarget(parsed.GetValue(json), parsed.GetValue(histograms));
            var what = parsed.GetValue(against);
            var options = new RemoteRunOptions(parsed.GetValue(track) || parsed.GetValue(pin) || what == RemoteRunOptions.Baseline, what, parsed.GetValue(pin), parsed.GetValue(note) ?? "");
            return RunAsync(parsed.GetRequiredValue(file), target, parsed.GetValue(seed), parsed.GetValue(server), options, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(string file, JsonTarget json, int? seed, string? server, RemoteRunOptions options, CancellationToken cancellation)
    {
        if (Problem(json, seed, server, options) is { } problem)
            return await ServerCommand.WrongAsync(problem);
        var reading = await SpecFile.ReadAsync(file, cancellation);
        if (server is null || reading.Spec is not { } spec)
            return await LocalRun.StartAsync(reading, json, seed);
        return await ServerCommand.RunAsync(server, async client =>
        {
            using var interrupts = new Interrupts(() => Console.Error.WriteLine("Cancelling the run on the server; press Ctrl-C again to leave it alone."));
            try
            {
                return await new RemoteRun(client, RunConsole.Create(), TimeProvider.System).StartAsync(seed is null ? spec : spec with { Seed = seed }, options, json.Path, interrupts.Token);
            }
            catch (OperationCanceledException) when (interrupts.Token.IsCancellationRequested)
            {
                await Stderr.TellAsync("brigade: cancelled before the run was submitted.");
                return ExitCodes.RunFailed;
            }
        });
    }

    private static string? Problem(JsonTarget json, int? seed, string? server, RemoteRunOptions options)
    {
        if (server is null)
            return options is { IsTracked: false, Against: null, Note: "" } ? null : "--track, --against, --pin and --note are for runs on a server; name it with --server.";
        if (options.Against is not (null or RemoteRunOptions.Baseline) && !Guid.TryParse(options.Against, out _))
            return $"--against: '{options.Against}' is neither 'baseline' nor the id of a run.";
        if (options is { Note.Length: > 0, Pin: false })
            return "--note: It is kept with a baseline; add --pin.";
        if (seed is not null && options.IsTracked)
            return "--seed: The experiment on the server has its own; write 'seed' into the spec.";
        if (json.WithHistograms)
            return "--histograms: The server keeps them; write them with 'brigade export RUN --server URL --as hlog'.";
        return json.Path is not null && JsonFile.Problem(json.Path) is { } problem ? $"--json: {problem}" : null;
    }
}
