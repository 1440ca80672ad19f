namespace Brigade.Contracts.Network;

/// <summary>A connection is not made, because <see cref="AddressRules"/> refuse it. The message says why and how to mend it.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);
