//! How long something takes: the median of several batches, after a warm-up that finds out how large a batch must be.

use std::time::{Duration, Instant};

/// How many batches are timed.
const BATCHES: u32 = 15;

/// Nanoseconds a call, of each of several functions: their batches take turns, so that a busy moment hits all of them.
pub fn alternate<const N: usize>(budget: Duration, mut functions: [&mut dyn FnMut(); N]) -> [f64; N] {
    let batch = budget / BATCHES / N as u32;
    let counts: Vec<u32> = functions.iter_mut().map(|function| calls_in(batch, function)).collect();
    let mut times = [const { Vec::new() }; N];
    for _ in 0..BATCHES {
        for ((function, count), times) in functions.iter_mut().zip(&counts).zip(&mut times) {
            let start = Instant::now();
            (0..*count).for_each(|_| function());
            times.push(start.elapsed().as_nanos() as f64 / f64::from(*count));
        }
    }
    times.map(median)
}

/// Nanoseconds a call of an asynchronous function.
pub async fn time(budget: Duration, mut call: impl AsyncFnMut()) -> f64 {
    let batch = budget / BATCHES;
    let warm_up = Instant::now();
    let mut calls = 0u32;
    while warm_up.elapsed() < batch {
        call().await;
        calls += 1;
    }
    let mut times = Vec::new();
    for _ in 0..BATCHES {
        let start = Instant::now();
        for _ in 0..calls {
            call().await;
        }
        times.push(start.elapsed().as_nanos() as f64 / f64::from(calls));
    }
    median(times)
}

fn calls_in(time: Duration, function: &mut dyn FnMut()) -> u32 {
    let start = Instant::now();
    let mut calls = 0;
    while start.elapsed() < time {
        function();
        calls += 1;
    }
    calls
}

/// The middle one of some values, which must not be none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The budget of one measurement: the milliseconds of the program's first argument.
pub fn budget() -> Duration {
    let milliseconds = std::env::args().nth(1).and_then(|argument| argument.parse().ok());
    Duration::from_millis(milliseconds.unwrap_or(1000))
}
