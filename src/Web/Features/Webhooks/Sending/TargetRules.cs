using Brigade.Contracts.Network;
using Brigade.Web.Features.Network;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Where the server may send to on behalf of the current workspace.</summary>
internal interface ITargetRules
{
    Task<AddressRules> CurrentAsync(CancellationToken cancellation);
}

/// <summary>The same as its runs may connect to.</summary>
internal sealed class TargetRules(OutgoingRules outgoing) : ITargetRules
{
    public async Task<AddressRules> CurrentAsync(CancellationToken cancellation) => new(await outgoing.RulesAsync(cancellation));
}
