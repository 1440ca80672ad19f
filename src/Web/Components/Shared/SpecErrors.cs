using Brigade.Contracts.Spec;

namespace Brigade.Web.Components.Shared;

/// <summary>What is wrong with a spec, for the fields of its form.</summary>
public sealed record SpecErrors(IReadOnlyList<SpecError> All)
{
    public static readonly SpecErrors None = new([]);

    /// <summary>Errors at a value or below it.</summary>
    public IEnumerable<SpecError> At(string pointer) => All.Where(error => IsAt(error, pointer));

    /// <summary>Errors that no field of these pointers shows.</summary>
    public IEnumerable<SpecError> Elsewhere(IReadOnlyCollection<string> pointers) => All.Where(error => !pointers.Any(pointer => IsAt(error, pointer)));

    private static bool IsAt(SpecError error, string pointer) =>
        error.Pointer.StartsWith(pointer, StringComparison.Ordinal) && (error.Pointer.Length == pointer.Length || error.Pointer[pointer.Length] == '/');
}
