package world_test

// This file shows worlds on top of each other.

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/firn-lang/firn/eval/world"
)

// Record what is read of a part of a file system, and notice that it changes.
func Example() {
	ctx := context.Background()
	files := fstest.MapFS{"etc/motd": {Data: []byte("hello")}, "secret": {}}
	host := world.NewRecorder(world.Restrict(world.FromFS(files, nil), "in this example", "/etc"))

	text, err := world.ReadFile(ctx, host, "/etc/motd", 1<<20)
	fmt.Println(string(text), err)
	_, err = world.ReadFile(ctx, host, "/secret", 1<<20)
	fmt.Println(err)

	fmt.Println(len(host.Changed(ctx)))
	files["etc/motd"].Data = []byte("good morning")
	for _, r := range host.Changed(ctx) {
		fmt.Println(r.Kind, r.Name)
	}
	// Output:
	// hello <nil>
	// access to absolute path '/secret' is forbidden in this example
	// 0
	// file /etc/motd
}

// The first layer that has a file counts.
func ExampleOverlay() {
	defaults := fstest.MapFS{"a": {Data: []byte("default")}, "b": {Data: []byte("default")}}
	changes := fstest.MapFS{"b": {Data: []byte("changed")}}
	host := world.FromFS(world.Overlay(changes, defaults), nil)
	for _, name := range []string{"/a", "/b"} {
		text, err := world.ReadFile(context.Background(), host, name, world.NoLimit)
		fmt.Println(string(text), err)
	}
	// Output:
	// default <nil>
	// changed <nil>
}
