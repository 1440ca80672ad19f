using Brigade.Runner.Runtimes;
using Xunit;


namespace Brigade.Runner.Tests.Runtimes;

public sealed class ControlGroupTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("control-group-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Version2_WithLimits_GivesTheStrictestOnTheWayUp()
    {
        Write("cgroup", "0::/team/job");
        Write("fs/team/cpu.max", "150000 100000");
        Write("fs/team/cpu.stat", "usage_usec 9\nnr_periods 3\nnr_throttled 2\nthrottled_usec 12500");
        Write("fs/team/job/cpu.max", "max 100000");
        Write("fs/team/job/memory.max", "max");
        Write("fs/team/memory.max", "1048576");

        Assert.Equal(1.5, Group().Processors());
        Assert.Equal(1_048_576, Group().Memory());
        Assert.Equal(12.5, Group().Throttled());
    }

    [Fact]
    public void Version1_InAContainer_IsReadFromTheMountItself()
    {
        Write("cgroup", "4:memory:/docker/abc\n1:cpu,cpuacct:/docker/abc");
        Write("fs/cpu,cpuacct/cpu.cfs_quota_us", "50000");
        Write("fs/cpu,cpuacct/cpu.cfs_period_us", "100000");
        Write("fs/cpu,cpuacct/cpu.stat", "nr_throttled 1\nthrottled_time 2000000");
        Write("fs/memory/memory.limit_in_bytes", "9223372036854771712");

        Assert.Equal(0.5, Group().Processors());
        Assert.Null(Group().Memory());
        Assert.Equal(2, Group().Throttled());
    }

    [Fact]
    public void AnyVersion_WithoutQuota_SaysNothing()
    {
        Write("cgroup", "1:cpu:/\n0::/");
        Write("fs/cpu/cpu.cfs_quota_us", "-1");
        Write("fs/cpu/cpu.cfs_period_us", "100000");
        Write("fs/cpu/cpu.stat", "throttled_time 0");

        Assert.Null(Group().Processors());
        Assert.Null(Group().Memory());
        Assert.Null(Group().Throttled());
    }

    private ControlGroup Group() => new(Path.Combine(_root, "fs"), Path.Combine(_root, "cgroup"));

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
