using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Guessing;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs.Guessing;

public sealed class GuessFieldsTests : BunitContext
{
    private static readonly ExperimentSpec Search = Given.Spec() with { Search = new SearchSpec { Budget = TimeSpan.FromSeconds(60) }, Matrix = new MatrixSpec() };

    [Fact]
    public void Ask_SearchThatLeavesItsMatrixOut_OffersItsCandidates()
    {
        var form = new GuessForm { IsAsked = true };
        var fields = Render<GuessFields>(parameters => parameters.Add(it => it.Form, form).Add(it => it.Spec, Search));

        Assert.Equal(["sequential", "threads", "async", "pool", "processes"], fields.FindAll(".options label").Select(label => label.TextContent.Trim()), StringComparer.Ordinal);
        fields.FindAll(".options input")[4].Change(true);
        form.Workers = "2";
        Assert.Equal(new Guess(Strategy.Processes, null, 2, null), form.Read(Search));
    }
}
