namespace Brigade.Contracts.Spec;

/// <summary>One thing that is wrong with a spec: where, what, and how to mend it.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to the value, for example <c>/matrix/workers/0</c>; empty for the whole document.</param>
/// <param name="Message">What is wrong and how to mend it, as one sentence or two.</param>
/// <param name="Line">Line in the text, from 1; 0 where the spec did not come from a text.</param>
/// <param name="Column">Column in the text, from 1; 0 where the spec did not come from a text.</param>
public sealed record SpecError(string Pointer, string Message, int Line = 0, int Column = 0)
{
    public override string ToString() => Line > 0 ? $"line {Line}, column {Column}: {Message}" : Pointer.Length > 0 ? $"{Pointer}: {Message}" : Message;
}

/// <summary>A spec that was read and is valid, or everything that is wrong with it; never both.</summary>
public sealed record SpecReading(ExperimentSpec? Spec, IReadOnlyList<SpecError> Errors)
{
    public bool IsValid => Spec is not null && Errors.Count == 0;
}
