namespace Brigade.Contracts.Spec;

/// <summary>Every rule that a spec has to hold, in one place.</summary>
public static class SpecValidator
{
    /// <summary>All errors, in the order of the document; empty where the spec is valid. Includes what is "not supported yet".</summary>
    public static IReadOnlyList<SpecError> Validate(ExperimentSpec spec) => [];
}
