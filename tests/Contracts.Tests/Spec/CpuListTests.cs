using Brigade.Contracts.Spec;
using CsCheck;

namespace Brigade.Contracts.Tests.Spec;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0-1,3", "0-1,3")]
    [InlineData("3, 1,0 , 1", "0-1,3")]
    [InlineData("2-2", "2")]
    [InlineData("4094-4095", "4094-4095")]
    public void TryParse_List_IsTheProcessorsInOrder(string text, string formatted) => Assert.Equal(formatted, CpuList.Format(CpuList.TryParse(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1-")]
    [InlineData("3-1")]
    [InlineData("0,,1")]
    [InlineData("-1")]
    [InlineData("0-1-2")]
    [InlineData("4096")]
    [InlineData("1.5")]
    public void TryParse_AnythingElse_IsNull(string text) => Assert.Null(CpuList.TryParse(text));

    [Fact]
    public void Format_AnySet_ReadsAsTheSame() => Gen.Int[0, 300].Array[1, 40].Sample(set =>
        Assert.Equal(set.Order().Distinct(), CpuList.TryParse(CpuList.Format(set))!));
}
