use super::*;
use crate::delivery::{Receiver, Transport};

fn frame(text: &str) -> Frame {
    Frame::text(text.as_bytes())
}

fn update(text: &str) -> Item {
    Item::Frame(frame(text))
}

fn drained(outbox: &Outbox) -> (Vec<u8>, Option<CloseCode>) {
    let mut buffer = BytesMut::new();
    let closed = outbox.drain(&mut buffer, usize::MAX);
    (buffer.to_vec(), closed)
}

fn joined(texts: &[&str]) -> Vec<u8> {
    texts
        .iter()
        .flat_map(|text| frame(text).bytes().to_vec())
        .collect()
}

#[test]
fn updates_follow_the_answer_that_announces_them() {
    let outbox = Outbox::new(1000);
    outbox.hold();
    assert!(
        !outbox.offer(update("update"), Instant::now()),
        "nothing to write yet"
    );
    outbox.push(frame("pong"));
    outbox.release(frame("answer"));
    assert!(outbox.offer(update("later"), Instant::now()));
    assert_eq!(
        drained(&outbox),
        (joined(&["pong", "answer", "update", "later"]), None)
    );
}

#[test]
fn the_flusher_is_told_once_until_it_has_flushed() {
    let outbox = Outbox::new(1000);
    assert!(outbox.offer(update("1"), Instant::now()));
    assert!(!outbox.offer(update("2"), Instant::now()));
    outbox.flush(false);
    assert!(outbox.offer(update("3"), Instant::now()));
}

#[test]
fn what_waits_is_given_up_when_nothing_may_give_way() {
    let outbox = Outbox::new(20);
    outbox.push(frame("0123456789"));
    outbox.push(frame("0123456789"));
    outbox.push(frame("ignored"));
    assert_eq!(
        drained(&outbox),
        (Vec::new(), Some(CloseCode::SlowConsumer))
    );
}

#[test]
fn what_waits_is_written_before_the_close() {
    let outbox = Outbox::new(100);
    outbox.push(frame("last words"));
    outbox.close(CloseCode::Restarting);
    assert_eq!(
        drained(&outbox),
        (joined(&["last words"]), Some(CloseCode::Restarting))
    );
}

/// A socket with a tiny buffer and a reader that reads when told.
async fn connected(outbox: &Outbox) -> (Receiver, tokio::net::TcpStream) {
    let listener = tokio::net::TcpSocket::new_v4().unwrap();
    listener.set_send_buffer_size(8192).unwrap();
    listener.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = listener.listen(1).unwrap();
    let client = tokio::net::TcpSocket::new_v4().unwrap();
    client.set_recv_buffer_size(4096).unwrap();
    let connect = client.connect(listener.local_addr().unwrap());
    let (client, accepted) = tokio::join!(connect, listener.accept());
    let (receiver, sender) = Transport::Tcp(accepted.unwrap().0).split();
    outbox.connect(sender);
    (receiver, client.unwrap())
}

/// However a connection ends, what it has left unread is no longer counted.
#[tokio::test]
async fn nothing_waits_in_an_outbox_that_is_gone() {
    let metrics = Arc::<DeliveryMetrics>::default();
    let outbox = Outbox::configured(OutboxConfig::plain(1 << 20), 0, Arc::clone(&metrics));
    let (_socket, _client) = connected(&outbox).await;
    outbox.push(frame("in a moment"));
    assert_eq!(metrics.waiting_bytes(), 0, "not worth counting");
    for _ in 0..1_000 {
        outbox.push(frame(&"x".repeat(1_000)));
    }
    assert_eq!(metrics.waiting_bytes(), outbox.waiting_bytes() as u64);
    assert_eq!(outbox.flush(false), Flushed::Blocked);
    let waiting = outbox.waiting_bytes() as u64;
    assert!(waiting > 0);
    assert_eq!(metrics.waiting_bytes(), waiting);
    outbox.push(frame("more"));
    assert_eq!(metrics.waiting_bytes(), waiting + 6);
    drop(outbox);
    assert_eq!(metrics.waiting_bytes(), 0);
}

/// Whatever the socket takes at a time, the peer gets whole frames in their order.
#[tokio::test]
async fn a_blocked_socket_is_taken_up_again_where_it_stopped() {
    use std::future::poll_fn;

    use tokio::io::AsyncReadExt;

    let outbox = Outbox::new(1 << 24);
    let (socket, mut client) = connected(&outbox).await;
    let mut expected = Vec::new();
    for number in 0..2_000 {
        let next = frame(&format!("{number:>1000}"));
        expected.extend_from_slice(next.bytes());
        outbox.push(next);
    }
    assert_eq!(outbox.flush(false), Flushed::Blocked);
    assert!(
        !outbox.offer(update("later"), Instant::now()),
        "its connection watches a blocked socket"
    );
    expected.extend_from_slice(frame("later").bytes());

    let mut received = vec![0; expected.len()];
    let read = client.read_exact(&mut received);
    let write = async {
        while outbox.flush(true) == Flushed::Blocked {
            poll_fn(|context| socket.poll_writable(context))
                .await
                .unwrap();
        }
    };
    let (read, ()) = tokio::join!(read, write);
    read.unwrap();
    assert!(received == expected, "the same bytes");
    assert_eq!(outbox.counters().frames_sent, 2_001);
    assert_eq!(outbox.waiting_bytes(), 0);
    assert_eq!(outbox.blocked_since(), None);
}

#[tokio::test(start_paused = true)]
async fn progress_ends_a_block() {
    use tokio::io::AsyncReadExt;
    let (mut ours, theirs) = tokio::io::duplex(1000);
    let outbox = Outbox::new(1 << 20);
    let (_receiver, sender) = Transport::other(theirs).split();
    outbox.connect(sender);
    for _ in 0..100 {
        outbox.push(frame(&"x".repeat(500)));
    }
    assert_eq!(outbox.flush(false), Flushed::Blocked);
    let mut chunk = [0; 1000];
    for _ in 0..20 {
        tokio::time::advance(Duration::from_secs(2)).await;
        ours.read_exact(&mut chunk).await.unwrap();
        assert_eq!(outbox.flush(true), Flushed::Blocked);
    }
    let blocked = outbox.blocked_since().unwrap().elapsed();
    assert!(
        blocked < Duration::from_secs(3),
        "it took 1000 bytes just now, yet blocked for {blocked:?}"
    );
}

/// A stream that buffers, as encryption does.
#[tokio::test]
async fn what_a_stream_holds_back_is_flushed_when_it_can_be() {
    use std::future::poll_fn;
    use tokio::io::AsyncReadExt;
    let (mut ours, theirs) = tokio::io::duplex(10);
    let outbox = Outbox::new(1 << 20);
    let (socket, sender) = Transport::other(tokio::io::BufStream::new(theirs)).split();
    outbox.connect(sender);
    outbox.push(frame(&"x".repeat(98)));
    let connection = async {
        // As `Connection::serve`: only a blocked outbox waits for the socket.
        loop {
            match outbox.flush(true) {
                Flushed::Blocked => poll_fn(|context| socket.poll_writable(context))
                    .await
                    .unwrap(),
                Flushed::Empty => break,
                other => panic!("{other:?}"),
            }
        }
        std::future::pending::<()>().await
    };
    let mut received = [0; 100];
    tokio::select! {
        read = tokio::time::timeout(Duration::from_secs(1), ours.read_exact(&mut received)) => { read.expect("the whole frame arrives").unwrap(); }
        () = connection => {}
    }
}

/// A stream that takes the beginning of a frame, then says `Ok(0)`.
#[test]
fn a_stream_that_takes_nothing_is_broken() {
    use std::pin::Pin;
    use std::task::{Context, Poll};
    struct Odd(bool);
    impl tokio::io::AsyncRead for Odd {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }
    impl tokio::io::AsyncWrite for Odd {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &[u8],
        ) -> Poll<io::Result<usize>> {
            let first = !self.0;
            self.0 = true;
            Poll::Ready(Ok(usize::from(first)))
        }
        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }
    let (verdict, verdicts) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let outbox = Outbox::new(1000);
        let (_receiver, sender) = Transport::other(Odd(false)).split();
        outbox.connect(sender);
        outbox.push(frame("abc"));
        verdict.send(outbox.flush(false)).unwrap();
    });
    assert_eq!(
        verdicts.recv_timeout(Duration::from_secs(2)),
        Ok(Flushed::Broken)
    );
}
