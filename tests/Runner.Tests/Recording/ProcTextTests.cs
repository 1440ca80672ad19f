using Brigade.Runner.Recording;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class ProcTextTests
{
    [Fact]
    public void Stat_CommandNameWithParenthesesAndSpaces_ReadsTheFields()
    {
        var stat = ProcText.Stat("42 (a) b (c)) R 7 8 9 0 -1 4194304 126 0 1 0 11 12 13 14 20 0 1 0 108388 2990080 413"u8);

        Assert.Equal(new ProcStat('R', 7, 8, 9, 11, 12, 13, 14), stat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 (a)")]
    [InlineData("42 (a) R 7 8")]
    public void Stat_CutOff_IsNull(string text) => Assert.Null(ProcText.Stat(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Resident_Statm_IsInBytes() => Assert.Equal(456L * Environment.SystemPageSize, ProcText.Resident("730 456 429 5 0 89 0\n"u8));

    [Fact]
    public void Status_Text_GivesStateAndSwitches() =>
        Assert.Equal(('S', 3L, 1L), ProcText.Status("Name:\tsleep\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t3\nnonvoluntary_ctxt_switches:\t1\n"u8));

    [Fact]
    public void Scheduled_Text_GivesNanoseconds() => Assert.Equal((1166684, 2116159), ProcText.Scheduled("1166684 2116159 4\n"u8));
}
