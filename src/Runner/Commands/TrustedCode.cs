using System.CommandLine;
using Brigade.Runner.Sandbox;

namespace Brigade.Runner.Commands;

/// <summary>The option of an operator who trusts all code that comes.</summary>
internal static class TrustedCode
{
    /// <summary>For each verb that runs code.</summary>
    public static Option<bool> Option { get; } = new(SandboxPolicy.TrustOption)
    {
        Description = $"Run users' code and commands without a sandbox, as you ({SandboxPolicy.TrustVariable}=1 says the same). Only where everybody who can send them may do here what you may.",
    };

    /// <summary>Takes note of it, before anything asks.</summary>
    public static void Heed(ParseResult parsed)
    {
        if (parsed.GetValue(Option))
        {
            Environment.SetEnvironmentVariable(SandboxPolicy.TrustVariable, "1");
        }
    }
}
