using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SearchSpecTests
{
    private const string Head = "version: 1\nname: a\nworkload: { kernel: cpu.primes }\n";

    private static readonly ExperimentSpec Valid = SearchSpec.Of(new ExperimentSpec { Name = "a", Workload = new WorkloadSpec { Kernel = "noop" }, Matrix = SearchSpec.OpenMatrix() });

    [Fact]
    public void Read_SearchWithoutMatrix_LeavesEveryListOpen()
    {
        var spec = Read("search: { budget: 30s, difference: 5% }\n");

        Assert.Equal((TimeSpan.FromSeconds(30), 0.05), (spec.Search!.Budget, spec.Search.Difference));
        Assert.Empty(spec.Matrix.Runtime);
        Assert.Empty(spec.Matrix.Strategy);
        Assert.Empty(spec.Matrix.Workers);
        Assert.Empty(spec.Matrix.ChunkSize);
        Assert.Empty(spec.Matrix.Channel);
        Assert.Equal([0], spec.Matrix.PayloadBytes);
    }

    [Fact]
    public void Read_EmptySearch_HasItsDefaults() => Assert.Equal(new SearchSpec(), Read("search: {}\n").Search);

    [Fact]
    public void Read_MatrixOfASearch_KeepsWhatIsNamed()
    {
        var matrix = Read("search: { budget: 30s }\nmatrix: { strategy: [threads], workers: [4, 8] }\n").Matrix;

        Assert.Equal([Strategy.Threads], matrix.Strategy);
        Assert.Equal([4, 8], matrix.Workers);
        Assert.Empty(matrix.Runtime);
    }

    [Fact]
    public void Read_AsSearch_TakesWhatTheSearchDecidesOut()
    {
        var spec = SpecReader.Read(Head + "load: { tasks: 5 }\nrepeat: 9\nwarmup: { tasks: 1 }\norder: listed\nmatrix: { workers: [2] }\n", SpecFormat.Yaml, asSearch: true).Spec!;

        Assert.Equal((200, 3, 20, TrialOrder.Interleaved), (spec.Load.Tasks, spec.Repeat, spec.Warmup.Tasks, spec.Order));
        Assert.Equal([2], spec.Matrix.Workers);
        Assert.Empty(spec.Matrix.Strategy);
        Assert.NotNull(spec.Search);
    }

    [Fact]
    public void Read_AsSearchWithOpenLoad_IsRefused()
    {
        var error = Assert.Single(SpecReader.Read(Head + "load: { rate: 10/s, duration: 1s }\n", SpecFormat.Yaml, asSearch: true).Errors);

        Assert.Equal("/load", error.Pointer);
        Assert.Contains("arrivals by the clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToYaml_Search_LeavesOutWhatIsOpenAndWhatItDecides() => Assert.Equal(
        "version: 1\nname: a\nworkload:\n  kernel: noop\nsearch: {budget: 1m}\n".Replace("1m", "60s", StringComparison.Ordinal),
        SpecWriter.ToYaml(Valid));

    [Theory]
    [InlineData("search: { budget: 1s }\n", "/search/budget", "it has to be from 2s to 1h")]
    [InlineData("search: { difference: 0 }\n", "/search/difference", "it has to be from 0.5% to 50%")]
    [InlineData("search: {}\nload: { duration: 5s }\n", "/load", "remove load")]
    [InlineData("search: {}\nload: { rate: 5/s, duration: 5s }\n", "/load", "remove search to measure an open load")]
    [InlineData("search: {}\nrepeat: 5\n", "/repeat", "remove repeat")]
    [InlineData("search: {}\nstop: { relativeError: 2% }\n", "/stop", "remove stop")]
    [InlineData("search: {}\nwarmup: { tasks: 1 }\n", "/warmup", "remove warmup")]
    [InlineData("search: {}\norder: listed\n", "/order", "remove order")]
    [InlineData("search: {}\nfaults: [{ kind: crash, worker: 0, atTask: 1 }]\n", "/faults", "remove faults")]
    [InlineData("search: {}\nmatrix: { params: { limit: [10, 20] } }\n", "/matrix/params/limit", "search once for each")]
    [InlineData("search: {}\nmatrix: { payloadBytes: [0, 10] }\n", "/matrix/payloadBytes", "search once for each")]
    [InlineData("search: { budgt: 5s }\n", "/search/budgt", "did you mean 'budget'")]
    [InlineData("budget: 5s\n", "/budget", "it belongs in 'search'")]
    public void Read_WhatASearchCannotTake_SaysWhereAndHowToMend(string text, string pointer, string mend)
    {
        var error = Assert.Single(SpecReader.Read(Head + text, SpecFormat.Yaml).Errors);

        Assert.Equal(pointer, error.Pointer);
        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_TooManyCandidates_IsRefused()
    {
        var error = Assert.Single(SpecValidator.Validate(Valid with { Matrix = Valid.Matrix with { Strategy = [Strategy.Threads], Workers = [.. Enumerable.Range(1, 251)], Runtime = ["python"] } }));

        Assert.Equal(new SpecError("/matrix", "The matrix makes 251 candidates; the most that a search takes is 250. Shorten a list of the matrix, or leave it out."), error);
    }

    [Fact]
    public void Validate_EmptyListWithoutSearch_IsRefused() =>
        Assert.Contains(SpecValidator.Validate(Valid with { Search = null, Matrix = new MatrixSpec { Strategy = [] } }), error => error.Pointer == "/matrix/strategy");

    private static ExperimentSpec Read(string text)
    {
        var reading = SpecReader.Read(Head + text, SpecFormat.Yaml);
        Assert.Empty(reading.Errors);
        return reading.Spec!;
    }
}
