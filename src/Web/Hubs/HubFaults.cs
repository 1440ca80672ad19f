using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Hubs;

/// <summary>Logs what a hub did not mean to answer; a runner gets one line and no stack trace.</summary>
internal sealed class HubFaults(ILogger<HubFaults> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (fault is not HubException and not OperationCanceledException)
        {
            logger.LogError(fault, "The hub's method {Method} failed", invocationContext.HubMethodName);
            throw new HubException("The server cannot take this right now.", fault);
        }
    }
}
