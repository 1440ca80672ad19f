using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class SpecSummaryTests
{
    [Fact]
    public void Workload_EachKind_HasAName()
    {
        Assert.Equal("cpu.primes", SpecSummary.Workload(new WorkloadSpec { Kernel = "cpu.primes" }));
        Assert.Equal("python code", SpecSummary.Workload(new WorkloadSpec { Code = new CodeSpec { Language = "python" } }));
        Assert.Equal("http request", SpecSummary.Workload(new WorkloadSpec { Http = new HttpSpec { Url = "http://localhost" } }));
        Assert.Equal("sql query", SpecSummary.Workload(new WorkloadSpec { Sql = new SqlSpec { Connection = "c", Query = "q" } }));
        Assert.Equal("command gzip", SpecSummary.Workload(new WorkloadSpec { Command = new CommandSpec { Argv = ["/bin/gzip", "-c"] } }));
    }
}
