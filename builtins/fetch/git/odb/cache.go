package odb

// This file defines the cache of objects that others are stored as changes to.

import (
	"container/list"
	"sync"
)

// cacheSize is the size in bytes of what a cache keeps. 32 MiB are enough for a chain of any tree, and
// a third of what git takes by default.
const cacheSize = 32 << 20

// A place is where an object begins in a pack.
type place struct {
	pack *pack
	off  int64
}

// A contents is an object that was read. The bytes do not change.
type contents struct {
	kind Kind
	data []byte
}

// A cache keeps the contents that were used last. Several goroutines may use it at once.
type cache struct {
	mu    sync.Mutex
	size  int // of all contents, in bytes
	items map[place]*list.Element
	used  list.List // of cached, used last at the front
}

type cached struct {
	place
	contents
}

// get returns what is kept of a place.
func (c *cache) get(p place) (contents, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.items[p]
	if e == nil {
		return contents{}, false
	}
	c.used.MoveToFront(e)
	return e.Value.(*cached).contents, true
}

// put keeps the contents of a place, unless they are large.
func (c *cache) put(p place, v contents) {
	if len(v.data) > cacheSize/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.items == nil {
		c.items = map[place]*list.Element{}
	}
	if c.items[p] != nil {
		return
	}
	c.items[p] = c.used.PushFront(&cached{p, v})
	c.size += len(v.data)
	for c.size > cacheSize {
		e := c.used.Back()
		old := c.used.Remove(e).(*cached)
		delete(c.items, old.place)
		c.size -= len(old.data)
	}
}
