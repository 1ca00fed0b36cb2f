//! How long a client waits, where the program does not say.

use crate::operation::OperationInfo;
use aws_smithy_types::timeout::TimeoutConfig;
use std::time::Duration;

/// For a connection, as AWS's SDK.
const CONNECT: Duration = Duration::from_millis(3100);

/// For the head of an answer, as botocore; from the first byte that is sent.
const READ: Duration = Duration::from_secs(60);

/// For an attempt with all of its answer, which has a quarter of a minute behind its head.
const ATTEMPT: Duration = Duration::from_secs(75);

/// For a call with all of its attempts: a minute and a half is as long as a person waits.
const OPERATION: Duration = Duration::from_secs(90);

/// Which calls wait alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Those whose request is small.
    Prompt,
    /// Those that upload a stream: only the program knows how long that takes.
    Upload,
}

impl Pace {
    pub(crate) fn of(info: &OperationInfo) -> Self {
        if info.request.is_stream() { Self::Upload } else { Self::Prompt }
    }
}

/// What the program says, and for the rest what protects it. A default is never shorter than what the program says of another
/// timeout: whoever allows an attempt ten minutes does not expect the call to end after two.
///
/// A configuration without any timeout is AWS's way to say that there is none.
pub(crate) fn timeouts(said: Option<&TimeoutConfig>, pace: Pace) -> TimeoutConfig {
    let Some(said) = said else { return protection(Duration::ZERO, pace) };
    if !said.has_timeouts() {
        return said.clone();
    }
    let mut timeouts = said.clone();
    timeouts.take_defaults_from(&protection(longest(said), pace));
    timeouts
}

fn longest(said: &TimeoutConfig) -> Duration {
    let all = [said.read_timeout(), said.operation_attempt_timeout(), said.operation_timeout()];
    all.into_iter().flatten().max().unwrap_or_default()
}

fn protection(longest: Duration, pace: Pace) -> TimeoutConfig {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT);
    match pace {
        Pace::Upload => timeouts.build(),
        Pace::Prompt => timeouts
            .read_timeout(READ.max(longest))
            .operation_attempt_timeout(ATTEMPT.max(longest))
            .operation_timeout(OPERATION.max(longest))
            .build(),
    }
}

/// How long the answer to an upload is waited for, from its end; `None` where the program turned timeouts off.
pub(crate) fn answer(said: Option<&TimeoutConfig>) -> Option<Duration> {
    match said {
        Some(said) if !said.has_timeouts() => None,
        said => Some(READ.max(said.map(longest).unwrap_or_default())),
    }
}

/// What a call says, over what the program says, with the same protection.
pub(crate) fn of_call(mut own: TimeoutConfig, said: Option<&TimeoutConfig>, pace: Pace) -> TimeoutConfig {
    match said {
        _ if !own.has_timeouts() => return own,
        Some(said) if said.has_timeouts() => own.take_defaults_from(said),
        Some(_) => own.take_defaults_from(&TimeoutConfig::disabled()),
        None => &mut own,
    };
    timeouts(Some(&own), pace)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Connect, read, attempt, operation: in seconds.
    fn seconds(timeouts: &TimeoutConfig) -> [Option<f32>; 4] {
        [timeouts.connect_timeout(), timeouts.read_timeout(), timeouts.operation_attempt_timeout(), timeouts.operation_timeout()]
            .map(|timeout| timeout.map(|it| it.as_secs_f32()))
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        assert_eq!(seconds(&timeouts(None, Pace::Prompt)), [Some(3.1), Some(60.), Some(75.), Some(90.)]);
        let said = TimeoutConfig::builder().connect_timeout(SECOND).read_timeout(2 * SECOND).build();
        assert_eq!(seconds(&timeouts(Some(&said), Pace::Prompt)), [Some(1.), Some(2.), Some(75.), Some(90.)]);
    }

    #[test]
    fn an_upload_takes_what_it_takes() {
        assert_eq!(seconds(&timeouts(None, Pace::Upload)), [Some(3.1), None, None, None]);
        let said = TimeoutConfig::builder().operation_timeout(SECOND).build();
        assert_eq!(seconds(&timeouts(Some(&said), Pace::Upload)), [Some(3.1), None, None, Some(1.)]);
    }

    #[test]
    fn a_default_does_not_cut_off_what_is_said() {
        let said = TimeoutConfig::builder().operation_attempt_timeout(600 * SECOND).build();
        assert_eq!(seconds(&timeouts(Some(&said), Pace::Prompt)), [Some(3.1), Some(600.), Some(600.), Some(600.)]);
    }

    #[test]
    fn a_call_goes_before_its_client() {
        fn of_call(own: TimeoutConfig, said: Option<&TimeoutConfig>) -> [Option<f32>; 4] {
            seconds(&super::of_call(own, said, Pace::Prompt))
        }
        let call = |timeout| TimeoutConfig::builder().operation_timeout(timeout).build();
        assert_eq!(of_call(call(600 * SECOND), None), [Some(3.1), Some(600.), Some(600.), Some(600.)]);
        let said = TimeoutConfig::builder().operation_attempt_timeout(600 * SECOND).build();
        assert_eq!(of_call(call(SECOND), Some(&said)), [Some(3.1), Some(600.), Some(600.), Some(1.)]);
        for off in [TimeoutConfig::disabled(), TimeoutConfig::builder().build()] {
            assert_eq!(of_call(call(SECOND), Some(&off)), [None, None, None, Some(1.)]);
            assert_eq!(of_call(off, None), [None; 4]);
        }
    }

    #[test]
    fn what_is_turned_off_stays_off() {
        assert_eq!(seconds(&timeouts(Some(&TimeoutConfig::disabled()), Pace::Prompt)), [None; 4]);
        assert_eq!(seconds(&timeouts(Some(&TimeoutConfig::builder().build()), Pace::Prompt)), [None; 4]);
        let said = TimeoutConfig::builder().connect_timeout(SECOND).disable_operation_timeout().build();
        assert_eq!(seconds(&timeouts(Some(&said), Pace::Prompt)), [Some(1.), Some(60.), Some(75.), None]);
    }
}
