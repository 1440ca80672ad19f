using System.Diagnostics;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
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

    [Theory]
    [InlineData("Brigade.Runner.dll")]
    [InlineData("Brigade.Contracts.dll")]
    public void TheRunner_IsCompiledAheadOfTime(string assembly)
    {
        // Without it each trial starts 20 ms later.
        using var file = new PEReader(File.OpenRead(Path.Combine(Path.GetDirectoryName(RunnerProcess.Executable)!, assembly)));

        Assert.True(file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    [Theory]
    [InlineData(typeof(CpuPrimes), "Primes")]
    [InlineData(typeof(CpuPi), "Count")]
    [InlineData(typeof(MemoryRandom), "Run")]
    [InlineData(typeof(Mixed), "Compute")]
    public void MeasuredLoops_AreCompiledForThisMachineAtTheirFirstCall(Type kernel, string loop)
    {
        var method = kernel.GetMethod(loop, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

        Assert.True(method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization));
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
