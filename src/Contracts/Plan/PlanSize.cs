using System.Numerics;

namespace Brigade.Contracts.Plan;

/// <summary>How large a plan is; exact however large it would be.</summary>
public readonly record struct PlanSize(BigInteger Cells, BigInteger Trials);
