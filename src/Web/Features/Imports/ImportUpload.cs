using Brigade.Analysis.Importing;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Brigade.Web.Features.Imports;

/// <summary>A file as it was sent: as the whole body, or as the one file of a form.</summary>
internal sealed record ImportUpload(string FileName, byte[] Content)
{
    // A form has borders and headers beside the file.
    private const int FormOverhead = 64 * 1024;

    /// <summary>The file, or why it cannot be taken.</summary>
    /// <param name="fileName">What it is called where the body does not say.</param>
    public static async Task<(ImportUpload? Upload, SpecProblem? Problem)> ReadAsync(HttpRequest request, string? fileName)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ImportLimits.MaximumBytes + FormOverhead;
        try
        {
            // Nothing but a multipart form holds files; that a body is a form is also what curl says of any file, unless it is told better.
            if (!IsMultipart(request))
                return (new ImportUpload(fileName ?? "", await ReadAsync(request.Body, request.HttpContext.RequestAborted)), null);
            var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = ImportLimits.MaximumBytes + FormOverhead }, request.HttpContext.RequestAborted);
            if (form.Files is not [{ } file])
                return (null, SpecProblem.Unprocessable("", $"The form has {form.Files.Count} files; send exactly one."));
            await using var stream = file.OpenReadStream();
            return (new ImportUpload(fileName ?? file.FileName, await ReadAsync(stream, request.HttpContext.RequestAborted)), null);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, new SpecProblem(StatusCodes.Status413PayloadTooLarge, $"The file is larger than the most that is read, {ImportLimits.MaximumBytes >> 20} MiB.", []));
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return (null, new SpecProblem(StatusCodes.Status400BadRequest, $"The form cannot be read: {problem.Message}", []));
        }
    }

    private static bool IsMultipart(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }
}
