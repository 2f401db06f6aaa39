package main

// This file defines firn daemon.

import "github.com/firn-lang/firn/cmd/firn/internal/serving"

// daemonCmd serves the local store to clients of Nix's daemon.
type daemonCmd struct {
	Stdio  bool   `help:"Serve standard input and output, and end with them."`
	Socket string `placeholder:"PATH" help:"Listen at this socket. Default: NIX_DAEMON_SOCKET_PATH, or daemon-socket/socket in the state folder."`
}

// Run serves the store.
func (c *daemonCmd) Run(s *streams) error {
	return serving.Run(serving.Options{Stdio: c.Stdio, Socket: c.Socket}, s.setup())
}
