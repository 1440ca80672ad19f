using Brigade.Contracts.Network;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>What a kernel of one worker is made from.</summary>
/// <param name="Scratch">The trial's directory for files.</param>
/// <param name="Worker">Tells the files of one worker from another's.</param>
internal sealed record KernelSettings(string Kernel, IReadOnlyDictionary<string, ParameterValue> Params, string Scratch, int Worker)
{
    /// <summary>Whom it may connect to; null for anybody.</summary>
    public AddressRules? Network { get; init; }

    /// <exception cref="TrialFailedException">The parameter is absent or no whole number within 0 and the maximum.</exception>
    public int Whole(string name, int maximum = int.MaxValue) => Value(name).TryGetLong(out var value) && value >= 0 && value <= maximum
        ? (int)value
        : throw new TrialFailedException($"{Kernel}: the parameter `{name}` is `{Value(name).Text}`; it has to be a whole number from 0 to {maximum}.");

    /// <summary>A parameter in milliseconds as nanoseconds.</summary>
    /// <exception cref="TrialFailedException">The parameter is absent or negative.</exception>
    public long Milliseconds(string name) => Value(name) is { IsNumber: true } value && value.AsDouble() is >= 0 and < 1e9
        ? (long)(value.AsDouble() * 1_000_000)
        : throw new TrialFailedException($"{Kernel}: the parameter `{name}` is `{Value(name).Text}`; it has to be a number of milliseconds, 0 or more.");

    /// <exception cref="TrialFailedException">The parameter is absent.</exception>
    public string Text(string name) => Value(name).Text;

    /// <summary>A text of those that the catalogue allows.</summary>
    /// <exception cref="TrialFailedException">The parameter is absent, or another text.</exception>
    public string Choice(string name)
    {
        var choices = KernelCatalogue.Find(Kernel)!.Parameters.Single(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)).Choices!;
        return choices.Contains(Text(name), StringComparer.Ordinal)
            ? Text(name)
            : throw new TrialFailedException($"{Kernel}: the parameter `{name}` is `{Text(name)}`; it has to be one of {string.Join(", ", choices)}.");
    }

    private ParameterValue Value(string name) => Params.TryGetValue(name, out var value)
        ? value
        : throw new TrialFailedException($"{Kernel}: the parameter `{name}` is missing.");
}
