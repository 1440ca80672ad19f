using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Runs.Guessing;

/// <summary>Reads guesses: out of a request, where everything can be wrong, and out of the store.</summary>
internal static class GuessReading
{
    private const double MostSpeedup = 1_000_000;

    private static readonly string[] Fields = ["strategy", "runtime", "workers", "speedup"];

    /// <summary>The guess, or what is wrong with it; pointers begin at <paramref name="pointer"/>.</summary>
    /// <param name="spec">What is guessed about: a guess that no cell can fulfil is an error.</param>
    public static (Guess? Guess, IReadOnlyList<SpecError> Errors) Read(JsonElement json, ExperimentSpec spec, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return (null, [new SpecError(pointer, "A guess is an object, for example {\"strategy\": \"processes\", \"workers\": 2, \"speedup\": 1.9}.")]);
        var errors = new List<SpecError>();
        foreach (var field in json.EnumerateObject().Where(field => !Fields.Contains(field.Name, StringComparer.Ordinal)))
            errors.Add(new SpecError($"{pointer}/{field.Name}", $"'{field.Name}' is not known in a guess. Use {string.Join(", ", Fields.Select(name => $"'{name}'"))}."));

        // A search's matrix may leave out what it looks for.
        var matrix = SearchSpace.Fill(spec).Matrix;
        var strategy = Strategy(json, matrix, pointer, errors);
        var runtime = Runtime(json, matrix, pointer, errors);
        var workers = Workers(json, matrix, strategy, pointer, errors);
        var speedup = Speedup(json, pointer, errors);
        return errors.Count > 0 ? (null, errors) : (new Guess(strategy!.Value, runtime, workers, speedup), []);
    }

    /// <summary>What is stored with a run; null where nothing was guessed, or it cannot be read any more.</summary>
    public static Guess? Stored(string json)
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize<Guess>(json, BrigadeJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As it is stored.</summary>
    public static string Write(Guess guess) => JsonSerializer.Serialize(guess, BrigadeJson.Options);

    private static Strategy? Strategy(JsonElement json, MatrixSpec matrix, string pointer, List<SpecError> errors)
    {
        var offered = matrix.Strategy;
        var named = json.TryGetProperty("strategy", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var strategy in offered.Where(strategy => string.Equals(Words.Of(strategy), named, StringComparison.Ordinal)))
            return strategy;
        errors.Add(new SpecError($"{pointer}/strategy", $"Guess one of the strategies that this experiment measures: {string.Join(", ", offered.Select(Words.Of))}."));
        return null;
    }

    private static string? Runtime(JsonElement json, MatrixSpec matrix, string pointer, List<SpecError> errors)
    {
        if (!json.TryGetProperty("runtime", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String && matrix.Runtime.Contains(value.GetString()!, StringComparer.Ordinal))
            return value.GetString();
        errors.Add(new SpecError($"{pointer}/runtime", $"Guess one of the runtimes that this experiment measures: {string.Join(", ", matrix.Runtime)}; or leave 'runtime' out."));
        return null;
    }

    private static int? Workers(JsonElement json, MatrixSpec matrix, Strategy? strategy, string pointer, List<SpecError> errors)
    {
        if (!json.TryGetProperty("workers", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        // Sequential has one worker, whatever the others have.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var workers) && ((workers == 1 && strategy is Contracts.Spec.Strategy.Sequential) || matrix.Workers.Contains(workers)))
            return workers;
        errors.Add(new SpecError($"{pointer}/workers", $"Guess one of the worker counts that this experiment measures: {string.Join(", ", matrix.Workers)}; or leave 'workers' out."));
        return null;
    }

    private static double? Speedup(JsonElement json, string pointer, List<SpecError> errors)
    {
        if (!json.TryGetProperty("speedup", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var speedup) && speedup is > 0 and <= MostSpeedup)
            return speedup;
        errors.Add(new SpecError($"{pointer}/speedup", "'speedup' is how many times as fast as one task after the other: a number above 0, for example 1.9."));
        return null;
    }
}
