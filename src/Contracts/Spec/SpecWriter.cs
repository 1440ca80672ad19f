namespace Brigade.Contracts.Spec;

/// <summary>Writes a spec so that <see cref="SpecReader"/> reads the same spec again. Values that equal the defaults are left out, except those a reader expects to see.</summary>
public static class SpecWriter
{
    public static string ToYaml(ExperimentSpec spec) => "";

    public static string ToJson(ExperimentSpec spec, bool indented = false) => "";
}
