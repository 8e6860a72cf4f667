from viz.cache import ByteCache


def test_the_least_recently_used_makes_room():
    cache = ByteCache(30)
    for name in "abc":
        cache.put(name, 9 * name.encode())
    cache.get("a")
    cache.put("d", b"d" * 9)
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    assert cache.n_bytes == 30


def test_what_is_put_again_counts_once():
    cache = ByteCache(30)
    for _ in range(300):
        cache.put("a", b"a" * 9)
    cache.put("b", b"b" * 19)
    assert cache.get("a") == b"a" * 9
    assert cache.n_bytes == 30


def test_the_newest_is_kept_however_large_it_is():
    cache = ByteCache(30)
    cache.put("a", b"a")
    cache.put("b", b"b" * 100)
    assert (cache.get("a"), cache.get("b")) == (None, b"b" * 100)
    cache.put("c", b"c")
    assert cache.n_bytes == 2
