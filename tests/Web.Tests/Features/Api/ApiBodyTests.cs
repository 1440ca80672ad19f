using System.Text;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Tests.Features.Api;

public sealed class ApiBodyTests
{
    [Fact]
    public void Spec_Errors_NameTheirPlaceInTheBody()
    {
        var body = Parse("""
            { "spec": { "name": "a",
                "workload": { "kernel": "cpu.primez" } } }
            """);

        var error = Assert.Single(body.Spec("spec").Errors);

        Assert.Equal(("/spec/workload/kernel", 2, 29), (error.Pointer, error.Line, error.Column));
    }

    [Fact]
    public void Spec_ErrorInTheFirstLine_ColumnCountsFromTheBodysStart()
    {
        const string Text = """{ "spec": { "name": "a", "workload": { "kernel": "cpu.primez" } } }""";

        var error = Assert.Single(Parse(Text).Spec("spec").Errors);

        Assert.Equal(Text.IndexOf("\"cpu.primez", StringComparison.Ordinal) + 1, error.Column);
    }

    [Fact]
    public void Spec_CodeInAFile_IsRefused()
    {
        var reading = Parse("""{ "spec": { "name": "a", "workload": { "code": { "language": "python", "file": "work.py" } } } }""").Spec("spec");

        Assert.False(reading.IsValid);
        Assert.Equal(("/spec/workload/code/file", 1), (Assert.Single(reading.Errors).Pointer, reading.Errors[0].Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{ "spec": {}, "spec": {} }""")]
    public void Parse_NoJsonObject_Is400(string text)
    {
        var (body, problem) = ApiBody.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Null(body);
        Assert.Equal(400, problem!.Status);
    }

    [Theory]
    [InlineData("{\n  \"spec\": {},\n  \"spec\": {}\n}", 3, 3)]
    [InlineData("{ \"spec\": {},\n \"\\ud800\": 1 }", 2, 2)]
    public void Parse_NameThatCannotBeTaken_IsSaidWithItsPlace(string text, int line, int column)
    {
        var problem = ApiBody.Parse(Encoding.UTF8.GetBytes(text)).Problem!;

        Assert.Equal((400, line, column), (problem.Status, problem.Errors[0].Line, problem.Errors[0].Column));
    }

    [Fact]
    public void Parse_NotUtf8_Is400() => Assert.Equal(400, ApiBody.Parse([(byte)'{', 0xFF, (byte)'}']).Problem!.Status);

    [Fact]
    public void Unknown_MemberThatIsNotAllowed_HasAnEscapedPointer()
    {
        var problem = Parse("""{ "spec": {}, "a/b": 1 }""").Unknown("spec");

        Assert.Equal("/a~1b", Assert.Single(problem!.Errors).Pointer);
    }

    [Theory]
    [InlineData("""{ "version": 3 }""", 3)]
    [InlineData("""{ "version": "3" }""", 0)]
    [InlineData("{}", 0)]
    public void Value_WrongTypeOrAbsent_IsDefault(string text, int expected) => Assert.Equal(expected, Parse(text).Value<int>("version"));

    private static ApiBody Parse(string text) => ApiBody.Parse(Encoding.UTF8.GetBytes(text)).Body!;
}
