using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>
/// Somebody who wants to know what has happened. It is made for each pass in a scope of the workspace, and told after what happened was committed, at least once: whoever hears the same id again
/// has nothing to do. What one throws is tried again, for all of them.
/// </summary>
internal interface IHappeningListener
{
    Task HearAsync(HappeningRow happening, CancellationToken cancellation);
}
