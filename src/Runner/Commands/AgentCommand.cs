using System.CommandLine;
using System.Text.Json;
using Brigade.Runner.Agent;
using Brigade.Runner.Runs;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade agent</c>: connects to a server and executes its runs.</summary>
internal static class AgentCommand
{
    private const string TokenVariable = "BRIGADE_RUNNER_TOKEN";

    public static Command Create()
    {
        var server = new Option<string?>("--server") { Description = "Address of the server.", HelpName = "URL" };
        var name = new Option<string?>("--name") { Description = "What the server calls this runner; the machine's name where absent.", HelpName = "N" };
        var data = new Option<string?>("--data") { Description = "Directory of the runner's identity and journals.", HelpName = "DIR" };
        var embedded = new Option<bool>("--embedded") { Description = "Started by a server on this machine: takes its settings from standard input and ends with it.", Hidden = true };
        var command = new Command("agent", $"Connects to a server and executes its runs. The token comes from the environment variable {TokenVariable}.") { server, name, data, embedded, TrustedCode.Option };
        command.SetAction((parsed, _) =>
        {
            var token = SecretEnvironment.Take(TokenVariable);
            return parsed.GetValue(embedded)
                ? RunEmbeddedAsync()
                : RunAsync(() => AgentOptions.Create(parsed.GetValue(server), token, parsed.GetValue(name), parsed.GetValue(data)), parent: null);
        });
        return command;
    }

    private static async Task<int> RunEmbeddedAsync()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        var line = await input.ReadLineAsync();
        return await RunAsync(() => Parse(line), input);
    }

    private static async Task<int> RunAsync(Func<AgentOptions> configure, StreamReader? parent)
    {
        var log = new AgentLog(Console.Out, Console.Error);
        try
        {
            using var interrupts = new Interrupts(() => log.Info("stopping"));
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(interrupts.Token);
            var options = configure();
            using var data = await DataDirectory.OpenAsync(options.DataDirectory, TimeProvider.System, stopping.Token);
            TrialMark.Sweep();
            _ = parent is null ? Task.CompletedTask : Task.Run(() => FollowAsync(parent, stopping), CancellationToken.None);
            await new RunnerAgent(options, data.RunnerId, runtimes => new TrialHostCatalogue(runtimes), log, TimeProvider.System).RunAsync(stopping.Token);
            return ExitCodes.Done;
        }
        catch (ArgumentException exception)
        {
            log.Problem(Sentence(exception));
            return ExitCodes.Wrong;
        }
        catch (RunOutputException exception)
        {
            log.Problem(exception.Message);
            return ExitCodes.Wrong;
        }
    }

    /// <summary>The end of the input means that the parent is gone.</summary>
    private static async Task FollowAsync(StreamReader parent, CancellationTokenSource stopping)
    {
        var buffer = new char[1024];
        while (await parent.ReadAsync(buffer) > 0)
        {
            // Nothing more is expected.
        }

        await stopping.CancelAsync();
    }

    private static AgentOptions Parse(string? line)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<EmbeddedSettings>(line ?? "", JsonSerializerOptions.Web);
            return AgentOptions.Create(settings?.Server, settings?.Token, settings?.Name, settings?.Data);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("Standard input has to begin with one line of JSON: {\"server\": …, \"token\": …, \"data\": …, \"name\": …}.", nameof(line), exception);
        }
    }

    /// <summary>The message without the name of the parameter, which is not the user's.</summary>
    private static string Sentence(ArgumentException exception) => exception.ParamName is null ? exception.Message : exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);

    private sealed record EmbeddedSettings(string? Server, string? Token, string? Data, string? Name);
}
