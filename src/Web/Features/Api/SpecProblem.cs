using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Api;

/// <summary>A body that cannot be taken: the status to answer with, and everything that is wrong, by place.</summary>
internal sealed record SpecProblem(int Status, string Title, IReadOnlyList<SpecError> Errors)
{
    public static SpecProblem Unprocessable(IReadOnlyList<SpecError> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, errors.Count == 1 ? "One thing is wrong with the request." : $"{errors.Count} things are wrong with the request.", errors);

    public static SpecProblem Unprocessable(string pointer, string message) => Unprocessable([new SpecError(pointer, message)]);

    /// <summary>Another experiment has the name at <paramref name="pointer"/>.</summary>
    public static SpecProblem NameTaken(string pointer, string message) => new(StatusCodes.Status409Conflict, "The name is taken.", [new SpecError(pointer, message)]);

    /// <summary>As problem details (RFC 9457) with an entry for each error.</summary>
    public IResult ToResult() => TypedResults.Problem(
        title: Title,
        detail: Errors.Count > 0 ? Errors[0].ToString() : null,
        statusCode: Status,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["errors"] = Errors.Select(error => new { error.Pointer, error.Message, Line = Position(error.Line), Column = Position(error.Column) }).ToArray(),
        });

    private static int? Position(int number) => number > 0 ? number : null;
}
