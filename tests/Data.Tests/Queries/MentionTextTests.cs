using Brigade.Data.Queries;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class MentionTextTests
{
    private static readonly MemberName[] Members = [new(Guid.NewGuid(), "Ada"), new(Guid.NewGuid(), "Ada Lovelace"), new(Guid.NewGuid(), "Bob"), new(Guid.NewGuid(), "Bob"), new(Guid.NewGuid(), "")];

    [Theory]
    [InlineData("@Ada", "Ada")]
    [InlineData("@ada: look", "ada")]
    [InlineData("hello @Ada Lovelace!", "Ada Lovelace")]
    [InlineData("@Adam and mail to x@Ada", "")]
    [InlineData("@Bob", "Bob,Bob")]
    [InlineData("@ @@ @nobody", "")]
    [InlineData("(@Ada) @Ada @Bobby", "Ada")]
    public void Find_Text_GivesTheLongestNames(string text, string expected) => Assert.Equal(expected, string.Join(',', MentionText.Find(text, Members).Select(member => member.Name)));
}
