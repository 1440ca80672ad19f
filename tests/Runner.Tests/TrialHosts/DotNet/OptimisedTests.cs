using System.Diagnostics;
using System.Reflection;
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
}
