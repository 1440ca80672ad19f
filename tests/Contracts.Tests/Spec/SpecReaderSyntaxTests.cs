using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SpecReaderSyntaxTests
{
    [Theory]
    [InlineData("", 1, 1, "The spec is empty; the smallest has 'version', 'name' and 'workload'.")]
    [InlineData("# nothing\n", 1, 1, "The spec is empty; the smallest has 'version', 'name' and 'workload'.")]
    [InlineData("name: [a", 2, 1, "This is not valid YAML: While parsing a flow sequence, did not find expected ',' or ']'.")]
    [InlineData("a: b: c", 1, 5, "This is not valid YAML: While scanning a plain scalar value, found invalid mapping; check the indentation, and put a text that holds ': ' in quotes.")]
    [InlineData("name: &x a", 1, 7, "Anchors (&) and aliases (*) are not allowed in a spec; write the value out, or put the text in quotes.")]
    [InlineData("name: a\nworkload: *x", 2, 11, "Anchors (&) and aliases (*) are not allowed in a spec; write the value out, or put the text in quotes.")]
    [InlineData("name: !!str a", 1, 7, "Tags (!) are not allowed in a spec; remove it, or put the text in quotes.")]
    [InlineData("name: a\n---\nname: b", 2, 1, "There is more than one document in the file; give one spec and remove the rest.")]
    [InlineData("name: a\nname: b", 2, 1, "'name' is given twice; remove one of the two.")]
    [InlineData("- a", 1, 1, "The spec has to be an object with the fields version, name, workload, matrix, load, search, repeat, stop, warmup, order, seed, limits, faults, thresholds, abort, tags, not a list.")]
    [InlineData("a", 1, 1, "The spec has to be an object with the fields version, name, workload, matrix, load, search, repeat, stop, warmup, order, seed, limits, faults, thresholds, abort, tags, not the text 'a'.")]
    public void Read_BadYaml_TellsThePlace(string text, int line, int column, string message)
    {
        var error = Assert.Single(SpecReader.Read(text, SpecFormat.Yaml).Errors);

        Assert.Equal(new SpecError("", message, line, column), error);
    }

    [Theory]
    [InlineData("", 1, 1, "The spec is empty; the smallest has 'version', 'name' and 'workload'.")]
    [InlineData("{\"name\": \"a\",}", 1, 14, "This is not valid JSON: there is a comma after the last field or item; remove it.")]
    [InlineData("{\"name\": \"a\"", 1, 13, "This is not valid JSON: the text ends before every '{' and '[' is closed.")]
    [InlineData("{\n  \"ä😀\": 1 }\n x", 3, 2, "This is not valid JSON: 'x' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("// a\n{}", 1, 1, "This is not valid JSON: '/' is an invalid start of a value.")]
    [InlineData("{\"name\": \"a\",\n \"name\": \"b\"}", 2, 2, "'name' is given twice; remove one of the two.")]
    [InlineData("{\"name\": \"\\ud800\"}", 1, 10, "The text holds half of a surrogate pair (\\uD800 to \\uDFFF); write both halves or neither.")]
    public void Read_BadJson_TellsThePlace(string text, int line, int column, string message)
    {
        var error = Assert.Single(SpecReader.Read(text, SpecFormat.Json).Errors);

        Assert.Equal(new SpecError("", message, line, column), error);
    }

    [Fact]
    public void Read_JsonWithWrongFields_CountsColumnsInCharacters()
    {
        var errors = SpecReader.Read("{\"name\": \"ä\", \"workload\": {\"kernel\": \"noop\"},\r\n  \"😀\": 1, \"repeat\": \"3\"}", SpecFormat.Json).Errors;

        Assert.Equal([("/😀", 2, 3), ("/repeat", 2, 22)], errors.Select(error => (error.Pointer, error.Line, error.Column)));
    }

    [Fact]
    public void Read_JsonNull_IsAbsentOnlyWhereThatIsWhatItMeans()
    {
        var reading = SpecReader.Read("{\"name\": \"a\", \"workload\": {\"kernel\": \"noop\", \"code\": null}, \"seed\": null, \"load\": null}", SpecFormat.Json);

        Assert.Equal("load has no value; give it one, or remove the field.", Assert.Single(reading.Errors).Message);
    }

    [Theory]
    [InlineData(SpecFormat.Yaml)]
    [InlineData(SpecFormat.Json)]
    public void Read_DeepNesting_IsRefused(SpecFormat format)
    {
        var error = Assert.Single(SpecReader.Read(new string('[', 200_000), format).Errors);

        Assert.Equal(new SpecError("", "The spec is nested more than 32 levels deep; no field of a spec needs that.", 1, 34), error);
    }

    [Theory]
    [InlineData(SpecFormat.Yaml)]
    [InlineData(SpecFormat.Json)]
    public void Read_TooLongText_IsRefused(SpecFormat format)
    {
        var error = Assert.Single(SpecReader.Read(new string(' ', SpecReader.MaximumBytes + 1), format).Errors);

        Assert.Equal("The spec has 1,048,577 bytes; the most is 1,048,576.", error.Message);
    }

    [Theory]
    [InlineData(SpecFormat.Yaml)]
    [InlineData(SpecFormat.Json)]
    public void Read_LoneSurrogate_TellsThePlace(SpecFormat format)
    {
        var error = Assert.Single(SpecReader.Read("{\n \"a\": \"\uD800\"}", format).Errors);

        Assert.Equal(new SpecError("", "The text is not valid Unicode here; save it as UTF-8.", 2, 8), error);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.True(SpecReader.Read("\uFEFF{\"name\": \"a\", \"workload\": {\"kernel\": \"noop\"}}", SpecFormat.Json).IsValid);

    [Theory]
    [InlineData("a.json", SpecFormat.Json)]
    [InlineData("a.JSON", SpecFormat.Json)]
    [InlineData("a.yaml", SpecFormat.Yaml)]
    [InlineData("a", SpecFormat.Yaml)]
    public void FormatOf_FileName_IsByItsEnd(string name, SpecFormat format) => Assert.Equal(format, SpecReader.FormatOf(name));
}
