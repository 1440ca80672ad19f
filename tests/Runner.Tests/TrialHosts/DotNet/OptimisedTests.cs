using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class OptimisedTests
{
    [Fact]
    public void TheRunner_InAnyConfiguration_IsCompiledOptimised()
    {
        // A Debug build of the host would measure the wrong thing.
        var debuggable = typeof(TrialHost).Assembly.GetCustomAttribute<DebuggableAttribute>();

        Assert.False(debuggable?.IsJITOptimizerDisabled ?? false);
    }

    [Fact]
    public void TieredCompilation_IsOffInTheRunnerAndOnInTheTrialHost()
    {
        using var configuration = JsonDocument.Parse(File.ReadAllText(RunnerProcess.Executable + ".runtimeconfig.json"));
        var properties = configuration.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        Assert.False(properties.GetProperty("System.Runtime.TieredCompilation").GetBoolean());
        Assert.Equal("1", TrialHost.Environment["DOTNET_TieredCompilation"]); // stronger than the file
    }
}
