using Brigade.Web.Components.Shared;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class SpecErrorsTests
{
    private static readonly SpecErrors Errors = new([new("/matrix/workers/1", "a"), new("/matrix/workersX", "b"), new("/name", "c"), new("", "d")]);

    [Fact]
    public void At_Pointer_FindsTheValueAndWhatIsBelow() => Assert.Equal(["a"], Errors.At("/matrix/workers").Select(error => error.Message), StringComparer.Ordinal);

    [Fact]
    public void Elsewhere_KnownPointers_LeavesTheRest() => Assert.Equal(["b", "d"], Errors.Elsewhere(["/matrix/workers", "/name"]).Select(error => error.Message), StringComparer.Ordinal);
}
