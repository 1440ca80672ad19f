using Brigade.Data.Errors;
using Brigade.Web.Features.Quotas;
using Microsoft.AspNetCore.Diagnostics;

namespace Brigade.Web.Features.Api;

/// <summary>Turns what the stores and the control plane throw into problem details.</summary>
internal sealed class ErrorHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, title) = exception switch
        {
            NotAllowedException => (StatusCodes.Status403Forbidden, "This is not allowed."),
            RefusedException => (StatusCodes.Status409Conflict, "This cannot be done as things are."),
            UnknownExperimentException => (StatusCodes.Status404NotFound, "There is no such experiment."),
            StorageFullException => (StatusCodes.Status507InsufficientStorage, "There is no room left."),
            DatabaseUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The database cannot be used right now."),
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read."),
            OrleansException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, "The control plane does not answer right now. Try again."),
            _ => (0, ""),
        };
        if (exception is QuotaExceededException quota)
        {
            await QuotaProblem.WriteAsync(httpContext, quota);
            return true;
        }

        if (status == 0)
            return false;
        httpContext.Response.StatusCode = status;
        await TypedResults.Problem(title: title, detail: exception.Message, statusCode: status).ExecuteAsync(httpContext);
        return true;
    }
}
