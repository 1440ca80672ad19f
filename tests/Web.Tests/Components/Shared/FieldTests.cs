using Brigade.Contracts.Spec;
using Brigade.Web.Components.Shared;
using Bunit;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class FieldTests : BunitContext
{
    [Fact]
    public void Render_ErrorAtItsPointer_TiesItToTheInput()
    {
        var field = Render<Field>(parameters => parameters
            .Add(it => it.Label, "Workers").Add(it => it.Pointer, "/matrix/workers").Add(it => it.Help, "One or several")
            .AddCascadingValue(new SpecErrors([new SpecError("/matrix/workers/0", "At most 1024 workers.")])));

        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("f-matrix-workers-error f-matrix-workers-help", input.GetAttribute("aria-describedby"));
        Assert.Equal("At most 1024 workers.", field.Find("#f-matrix-workers-error").TextContent.Trim());
        Assert.Equal(input.Id, field.Find("label").GetAttribute("for"));
    }

    [Fact]
    public void Render_NoError_IsValid() => Assert.Null(Render<Field>(parameters => parameters.Add(it => it.Label, "Name").Add(it => it.Pointer, "/name")).Find("input").GetAttribute("aria-invalid"));

    [Fact]
    public void Input_Typed_IsHandedOnAtEachKey()
    {
        var typed = "";
        var field = Render<Field>(parameters => parameters.Add(it => it.Label, "Name").Add(it => it.Pointer, "/name").Add(it => it.ValueChanged, value => typed = value));
        field.Find("input").Input("pri");
        Assert.Equal("pri", typed);
    }
}
