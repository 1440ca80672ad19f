using System.Security.Cryptography;
using System.Text;
using Brigade.Data.Errors;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Api.Repeats;

/// <summary>Marks an endpoint whose answer holds a secret, which is not to be kept.</summary>
internal sealed record SecretAnswer;

/// <summary>
/// Lets a client repeat a POST of which it does not know whether it arrived: with the header <c>Idempotency-Key</c> the request is done once within 24 hours and the first answer is given again.
/// </summary>
internal sealed class IdempotencyFilter : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    /// <summary>Says that an answer is one from before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    private const int LongestKey = 255;

    /// <summary>Of a request; an endpoint that takes less says so itself.</summary>
    private const int LargestBody = 16 << 20;

    /// <summary>Larger answers are none of those that are worth to be repeated.</summary>
    private const int LargestAnswer = 1 << 20;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var values))
            return await next(context);
        var key = values.ToString();
        if (key.Length is 0 or > LongestKey || key.Any(character => character is <= ' ' or > '~'))
            return Problem(StatusCodes.Status400BadRequest, $"The header {Header} is wrong.", $"It is 1 to {LongestKey} printable characters without spaces, best a random UUID.");
        if (http.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is not null)
            return Problem(StatusCodes.Status400BadRequest, $"{Header} cannot be used here.", "The answer holds a secret, which is not kept and so cannot be given again. Repeat the request without the header, and revoke what is one too many.");

        var store = http.RequestServices.GetRequiredService<IdempotencyStore>();
        if (await FingerprintAsync(http) is not { } fingerprint)
            return Problem(StatusCodes.Status413PayloadTooLarge, "The body is too large.", $"With {Header} a body has at most {LargestBody} bytes.");
        if (await store.BeginAsync(key, fingerprint, http.RequestAborted) is { } known)
            return Again(http, known, fingerprint);
        return await DoAsync(context, next, store, key);
    }

    private static IResult Again(HttpContext http, KnownRequest known, string fingerprint)
    {
        if (!string.Equals(known.Fingerprint, fingerprint, StringComparison.Ordinal))
            return Problem(StatusCodes.Status422UnprocessableEntity, $"The {Header} was used for another request.", "A key stands for one request with one body. Use a new key for a new request.");
        if (known.Status is not { } status)
        {
            http.Response.Headers.RetryAfter = "1";
            return Problem(StatusCodes.Status409Conflict, "The same request is under way.", $"A request with this {Header} has not answered yet. Repeat it in a moment.");
        }

        http.Response.Headers[ReplayedHeader] = "true";
        if (known.Location.Length > 0)
            http.Response.Headers.Location = known.Location;
        http.Response.StatusCode = status;
        return known.Body.Length == 0 ? TypedResults.StatusCode(status) : new KeptAnswer(status, known.ContentType, known.Body);
    }

    private static async Task<object?> DoAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, IdempotencyStore store, string key)
    {
        var http = context.HttpContext;
        var isKept = false;
        var body = http.Response.Body;
        try
        {
            using var answer = new MemoryStream();
            http.Response.Body = answer;
            if (await next(context) is IResult result)
                await result.ExecuteAsync(http);
            http.Response.Body = body;
            var bytes = answer.ToArray();

            // What the server could not do may go well the next time; anything else is the answer.
            if (http.Response.StatusCode < StatusCodes.Status500InternalServerError && bytes.Length <= LargestAnswer)
            {
                await store.EndAsync(key, http.Response.StatusCode, http.Response.ContentType ?? "", http.Response.Headers.Location.ToString(), bytes, CancellationToken.None);
                isKept = true;
            }

            await body.WriteAsync(bytes, http.RequestAborted);
            return Results.Empty;
        }
        finally
        {
            http.Response.Body = body;
            if (!isKept)
                await ForgetAsync(store, key);
        }
    }

    private static async Task ForgetAsync(IdempotencyStore store, string key)
    {
        try
        {
            await store.ForgetAsync(key, CancellationToken.None);
        }
        catch (Exception problem) when (problem is DatabaseUnavailableException or StorageFullException)
        {
            // It is forgotten by itself in a few minutes.
        }
    }

    /// <summary>What is asked for, with which body; null where that is too large.</summary>
    private static async Task<string?> FingerprintAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}\n{http.Request.ContentType}\n"));
        var buffer = new byte[16 * 1024];
        var (read, all) = (0, 0L);
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            if ((all += read) > LargestBody)
                return null;
        }

        http.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IResult Problem(int status, string title, string detail) => TypedResults.Problem(title: title, detail: detail, statusCode: status);

    private sealed class KeptAnswer(int status, string contentType, byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = contentType;
            return httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
