using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Brigade.Runner.Sandbox;
using Xunit;

namespace Brigade.Runner.Tests.Sandbox;

/// <summary>Runs the filter's bytes as the kernel would.</summary>
public sealed class SeccompFilterTests
{
    private const uint Allow = 0x7FFF_0000, NotPermitted = 0x0005_0001, NoAccess = 0x0005_000D, NoSuchCall = 0x0005_0026, Pretend = 0x0005_0000, Kill = 0x8000_0000;
    private const int Runner = 4321, Group = 777;

    private static readonly uint Architecture = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? 0xC000_00B7 : 0xC000_003E;

    [Fact]
    public void Build_OrdinaryCalls_AreAllowed()
    {
        foreach (var call in new[] { (0, 63), (1, 64), (9, 222), (202, 98), (59, 221), (231, 94) })
        {
            Assert.Equal(Allow, Judge(call));
        }
    }

    [Fact]
    public void Build_DeniedCalls_AreNotPermitted() => Assert.All(DeniedCalls.All, call => Assert.Equal(NotPermitted, Judge((call, call))));

    [Fact]
    public void Build_OtherTablesOfCalls_AreClosed()
    {
        Assert.Equal(Kill, Judge((0, 63), architecture: 0x4000_0003));
        Assert.Equal(NoSuchCall, Judge((0x4000_0000, 0x4000_0000)));
    }

    [Theory]
    [InlineData(1, 1, false, Allow)]
    [InlineData(1, 5, false, Allow)]
    [InlineData(1, 0x80002, false, NoAccess)]
    [InlineData(1, 0x80002, true, Allow)]
    [InlineData(2, 1, false, NoAccess)]
    [InlineData(2, 1, true, NoAccess)]
    [InlineData(10, 1, true, NoAccess)]
    [InlineData(16, 3, true, NoAccess)]
    [InlineData(40, 1, true, NoAccess)]
    public void Build_Sockets_AreOfTheUnixFamily(ulong family, ulong kind, bool connects, uint verdict) => Assert.Equal(verdict, Judge((41, 198), family, kind, connects: connects));

    [Fact]
    public void Build_Connect_IsForThoseWhoHaveAUserOfTheirOwn()
    {
        Assert.Equal(NoAccess, Judge((42, 203)));
        Assert.Equal(Allow, Judge((42, 203), connects: true));
    }

    [Fact]
    public void Build_Processes_CannotLeaveTheirGroup()
    {
        Assert.Equal(Pretend, Judge((112, 157)));
        Assert.Equal(Pretend, Judge((109, 154)));
        Assert.Equal(Pretend, Judge((109, 154), first: 5, second: Group));
        Assert.Equal(Allow, Judge((109, 154), second: Group));
    }

    [Fact]
    public void Build_NewNamespaces_AreNotPermitted()
    {
        Assert.Equal(Allow, Judge((56, 220), first: 0x0001_0F00));
        Assert.Equal(NotPermitted, Judge((56, 220), first: 0x1000_0000 | 0x0F00));
        Assert.Equal(NoSuchCall, Judge((435, 435)));
    }

    [Theory]
    [InlineData(Runner, NotPermitted)]
    [InlineData(Group, NotPermitted)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFF, NotPermitted)]
    [InlineData(0, Allow)]
    [InlineData(99, Allow)]
    public void Build_Signals_DoNotGoToTheRunner(ulong process, uint verdict) => Assert.Equal(verdict, Judge((62, 129), first: process));

    private static uint Judge((int X64, int Arm64) call, ulong first = 0, ulong second = 0, bool connects = false, uint? architecture = null)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(data, SystemCall.Number(call.X64, call.Arm64));
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), architecture ?? Architecture);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16), first);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(24), second);
        var program = SeccompFilter.Build(new FilterOptions(Runner, Group, connects, Network: false));
        var loaded = 0u;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * 8, 8);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    loaded = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand));
                    break;
                case 0x54:
                    loaded &= operand;
                    break;
                case 0x15:
                    at += loaded == operand ? instruction[2] : instruction[3];
                    break;
                case 0x35:
                    at += loaded >= operand ? instruction[2] : instruction[3];
                    break;
                case 0x06:
                    return operand;
                case var other:
                    throw new InvalidOperationException($"The filter has an instruction {other:x}.");
            }
        }
    }
}
