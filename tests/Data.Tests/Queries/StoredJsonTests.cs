using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class StoredJsonTests
{
    [Fact]
    public void Read_SpecThatNoRuleAcceptsToday_StillReads()
    {
        var spec = Samples.Spec("a name, which / no rule : allows") with { Repeat = -1, Version = 99 };

        Assert.Equal(Samples.Json(spec), Samples.Json(StoredJson.Read<ExperimentSpec>(StoredJson.Write(spec))));
    }

    [Fact]
    public void Read_SpecOfALaterVersionWithMoreFields_StillReads() =>
        Assert.Equal("x", StoredJson.Read<ExperimentSpec>("""{"name":"x","workload":{"kernel":"noop"},"addedLater":{"a":[1]}}""").Name);

    [Fact]
    public void WriteParams_AnyOrder_IsByName() =>
        Assert.Equal("""{"a":"x","b":1.5}""", StoredJson.WriteParams(new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["b"] = ParameterValue.Of(1.5), ["a"] = ParameterValue.Of("x") }));
}
