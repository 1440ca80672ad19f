using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SecretReferencesTests
{
    private static readonly HttpSpec Http = new() { Url = "https://api.example.com/", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer ${{ secrets.API_TOKEN }}" }, Body = "{\"key\": \"${{secrets.other-key}}\"}" };

    [Fact]
    public void In_Http_NamesThoseOfHeadersAndBody() => Assert.Equal(["API_TOKEN", "other-key"], SecretReferences.In(new WorkloadSpec { Http = Http }));

    [Fact]
    public void In_CodeAndCommand_NamesThoseThatTheyList()
    {
        Assert.Equal(["A"], SecretReferences.In(new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "x" }, Secrets = ["A"] }));
        Assert.Equal(["A", "B"], SecretReferences.In(new WorkloadSpec { Command = new CommandSpec { Argv = ["a"], Stdin = "${{ secrets.B }}" }, Secrets = ["A"] }));
    }

    [Fact]
    public void Possible_Sql_HasTheConnection() => Assert.Equal(["ORDERS_DB"], SecretReferences.Possible(new WorkloadSpec { Sql = new SqlSpec { Connection = "ORDERS_DB", Query = "select 1" } }));

    [Fact]
    public void Fill_Text_PutsValuesInTheirPlacesAndTakesThemAsTheyAre()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "x$1${{ secrets.B }}", ["B"] = "y" };

        Assert.Equal("x$1${{ secrets.B }} y ${{ secrets.C }}", SecretReferences.Fill("${{ secrets.A }} ${{ secrets.B }} ${{ secrets.C }}", values));
    }

    [Theory]
    [InlineData("A", true)]
    [InlineData("orders-db_2", true)]
    [InlineData("2a", false)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("é", false)]
    public void IsName_Text_IsOneOrNot(string name, bool isName) => Assert.Equal(isName, SecretReferences.IsName(name));

    [Theory]
    [InlineData("http: { url: 'https://example.com/${{ secrets.A }}' }", "/workload/http/url", "names a secret, which others could read there")]
    [InlineData("command: { argv: [curl, '-H', '${{ secrets.A }}'] }", "/workload/command/argv", "names a secret, which others could read there")]
    [InlineData("sql: { connection: X, query: 'select ${{ secrets.A }}' }", "/workload/sql/query", "names a secret, which others could read there")]
    [InlineData("http: { url: 'https://example.com/', body: '${{ secret.A }}' }", "/workload/http/body", "names no secret; write ${{ secrets.NAME }}")]
    [InlineData("http: { url: 'https://example.com/', headers: { X: '${{ secrets.1 }}' } }", "/workload/http/headers/X", "names no secret")]
    [InlineData("{ kernel: noop, secrets: [A] }", "/workload/secrets", "a kernel needs none")]
    [InlineData("{ http: { url: 'https://example.com/' }, secrets: [A] }", "/workload/secrets", "in http write ${{ secrets.NAME }}")]
    [InlineData("{ code: { language: python, source: x }, secrets: [a-b] }", "/workload/secrets/0", "cannot be an argument's")]
    [InlineData("{ code: { language: python, source: x }, params: { A: 1 }, secrets: [A] }", "/workload/secrets/0", "a parameter's name too")]
    [InlineData("{ code: { language: python, source: x }, secrets: [A, A] }", "/workload/secrets/1", "")]
    public void Read_SecretInAWrongPlace_IsAnErrorThere(string workload, string pointer, string message)
    {
        var text = workload.StartsWith('{') ? workload : $"{{ {workload} }}";

        var errors = SpecReader.Read($"name: a\nworkload: {text}\n", SpecFormat.Yaml).Errors;

        Assert.Contains(errors, error => error.Pointer == pointer && error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Secrets_ComeBack()
    {
        var spec = new ExperimentSpec { Name = "a", Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "def task(index, A): pass" }, Secrets = ["A"] } };

        Assert.Equal(["A"], SpecReader.Read(SpecWriter.ToYaml(spec), SpecFormat.Yaml).Spec!.Workload.Secrets);
    }
}
