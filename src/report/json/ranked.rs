//! A place in a ranking as JSON: who takes part, the quota, the cut and the schools around it.

use super::entries::{ExcludedEntry, MembersEntry, NeighbourEntry, QuotaEntry, RankEntry, TieKeyEntry};
use super::steps::{Stepping, parameter, population, rounding_code};
use super::{NamedSchool, exact, reason_codes, value_entry};
use crate::explain::condition::{Members, Neighbour, QuotaTrace, RankStanding, RankTrace, TiesTrace};
use crate::messages::Precision;
use crate::model::expr::SmallStrataAction;
use crate::number::Number;
use crate::value::{Reasons, Type, Value};

impl Stepping<'_> {
    pub(super) fn rank(&self, trace: &RankTrace) -> RankEntry {
        let (standing, reasons) = match &trace.standing {
            RankStanding::Placed { .. } => ("placed", Reasons::NONE),
            RankStanding::OutsidePopulation => ("outside_population", Reasons::NONE),
            RankStanding::MembershipUnknown(reasons) => ("membership_unknown", *reasons),
            RankStanding::NoValue(reasons) => ("no_value", *reasons),
            RankStanding::NotRanked => ("not_ranked", Reasons::NONE),
            RankStanding::Masked => ("masked", Reasons::NONE),
        };
        let places = match trace.standing {
            RankStanding::Placed { first, last } => Some((first, last)),
            _ => None,
        };
        let near = trace.nearest_to_cut().map_or(Precision::Plain, Precision::Against);
        let neighbours = |of: &[Neighbour]| of.iter().map(|n| self.neighbour(n, trace)).collect();
        let zero = Number::zero();
        RankEntry {
            side: if trace.highest { "highest" } else { "lowest" },
            negated: trace.negated,
            population: population(&trace.population),
            membership: trace.membership.as_ref().map(members),
            group: self.keys(&trace.stratum),
            standing,
            reasons: reason_codes(reasons),
            first_place: places.map(|(first, _)| first),
            last_place: places.map(|(_, last)| last),
            ranked: trace.ranked,
            without_value: trace.without_value,
            quota: quota(&trace.quota, trace),
            ties: match trace.ties {
                TiesTrace::Include => "include",
                TiesTrace::Exclude => "exclude",
                TiesTrace::BreakBy => "break_by",
            },
            defaulted: trace.defaulted,
            cut_off: trace.cut_off.as_ref().map(|cut_off| {
                value_entry(&Value::Number(cut_off.clone()), &trace.value_type, near, self.teller.speaker)
            }),
            tied_at_cut: trace.tied_at_cut,
            before_cut: trace.before_cut,
            selected: trace.selected,
            distance: trace.margin.as_ref().map(|margin| {
                let kind = Type::Number(margin.unit.clone());
                let distance = Value::Number(margin.distance.clone());
                value_entry(&distance, &kind, Precision::Against(&zero), self.teller.speaker)
            }),
            on_cut: trace.margin.as_ref().is_some_and(|margin| margin.on_threshold),
            small_group: trace.small.map(|action| match action {
                SmallStrataAction::Merge => "merge",
                SmallStrataAction::Undetermined => "undetermined",
                SmallStrataAction::NotMet => "not_met",
            }),
            together: trace.together.iter().map(|keys| self.keys(keys)).collect(),
            tie_keys: trace
                .tie_keys
                .iter()
                .map(|key| TieKeyEntry {
                    name: key.name.to_string(),
                    first: if key.highest { "highest" } else { "lowest" },
                    value: value_entry(&key.value, &key.ty, Precision::Plain, self.teller.speaker),
                })
                .collect(),
            last_selected: neighbours(&trace.last_inside),
            first_not_selected: neighbours(&trace.first_outside),
            before: neighbours(&trace.before_own),
            behind: neighbours(&trace.after_own),
        }
    }

    fn neighbour(&self, neighbour: &Neighbour, trace: &RankTrace) -> NeighbourEntry {
        let value = Value::Number(neighbour.value.clone());
        let (below, above) = trace.nearest_named(neighbour);
        let near = Precision::amid(below, above);
        NeighbourEntry {
            school: NamedSchool {
                code: neighbour.school.code.to_string(),
                name: neighbour.school.title.as_ref().map(ToString::to_string),
            },
            first_place: neighbour.first_place,
            last_place: neighbour.last_place,
            value: value_entry(&value, &trace.value_type, near, self.teller.speaker),
            tie: trace
                .tie_keys
                .iter()
                .zip(&neighbour.tie)
                .map(|(key, value)| value_entry(value, &key.ty, Precision::Plain, self.teller.speaker))
                .collect(),
        }
    }
}

fn members(members: &Members) -> MembersEntry {
    let excluded = members
        .excluded
        .iter()
        .map(|(basis, count)| ExcludedEntry { count: *count, basis: basis.as_ref().map(ToString::to_string) });
    MembersEntry {
        members: members.count,
        excluded: excluded.collect(),
        not_matching: members.not_matching,
        unknown: members.unknown,
    }
}

fn quota(quota: &QuotaTrace, trace: &RankTrace) -> QuotaEntry {
    QuotaEntry {
        share: quota.share.as_ref().map(exact),
        parameter: quota.parameter.as_ref().map(parameter),
        of: trace.quota_of.as_ref().map(population),
        base: quota.base,
        exact: exact(&quota.exact),
        rounding: rounding_code(trace.rounding),
        rounded: quota.rounded,
    }
}
