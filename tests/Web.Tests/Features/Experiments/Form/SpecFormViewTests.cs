using Brigade.Contracts.Runs;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments.Form;

public sealed class SpecFormViewTests : PageTest
{
    [Fact]
    public void Runtimes_OfEveryKind_AreOfferedOnceEach()
    {
        IReadOnlyList<RuntimeInfo> found =
        [
            new("dotnet", "dotnet", "10.0.12", "/usr/bin/dotnet", null, true),
            new("node20", "node", "20.20.2", "/usr/bin/node", null, true),
            new("python3.11", "python", "3.11.2", "/usr/bin/python3", true, true),
            new("python3.13t", "python", "3.13.0", "/opt/python3.13t", false, false),
        ];
        var view = Render<SpecFormView>(parameters => parameters.Add(it => it.Draft, new SpecDraft(Given.Spec())).Add(it => it.Runtimes, found));
        // Twice, because only the second rendering compares keys.
        view.Render(parameters => parameters.Add(it => it.Runtimes, [.. found, new RuntimeInfo("python3.12", "python", "3.12.0", "/opt/python3.12", true, false)]));
        Assert.Equal(
            ["python3.11.2", "dotnet10.0.12", "node20.20.2", "node20", "python3.11", "python3.13tno GIL", "python3.12"],
            view.FindAll("[aria-labelledby=g-runtime] label").Select(label => label.TextContent.Trim()), StringComparer.Ordinal);
    }
}
