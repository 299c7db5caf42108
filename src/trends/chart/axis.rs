//! Steps of an axis.

/// Round steps from 0 to at least `greatest`, about `count` of them.
pub fn steps(greatest: f64, count: f64) -> Vec<f64> {
    let raw = (greatest / count).max(1e-9);
    let power = 10f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= raw);
    let step = (factor.unwrap_or(10.0) * power).max(1.0);
    let last = (greatest / step).ceil().max(1.0) as u32;
    (0..=last).map(|index| f64::from(index) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_reach_the_greatest() {
        assert_eq!(steps(9.0, 5.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(steps(1.0, 5.0), [0.0, 1.0]);
        assert_eq!(steps(0.0, 5.0), [0.0, 1.0]);
        assert_eq!(steps(1_200_000.0, 4.0).last(), Some(&1_500_000.0));
    }
}
