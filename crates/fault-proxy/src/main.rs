//! `fault-proxy --upstream 127.0.0.1:PORT`: prints its two addresses and does as it is told.

use std::{net::SocketAddr, sync::Arc};

use clap::Parser;
use fault_proxy::Proxy;
use tokio::net::TcpListener;

/// A proxy that cuts, delays, loses answers and plays a login page, on command.
#[derive(Parser)]
struct Arguments {
    /// The endpoint.
    #[arg(long, value_name = "ADDRESS")]
    upstream: SocketAddr,
    /// The port for browsers; 0 takes any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let proxy = Proxy::new(arguments.upstream);
    let browsers = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let orders = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("proxy http://{}", browsers.local_addr()?);
    println!("control http://{}", orders.local_addr()?);
    tokio::spawn(Arc::clone(&proxy).take_orders(orders));
    proxy.serve(browsers).await;
    anyhow::bail!("the system takes the listening socket away")
}
