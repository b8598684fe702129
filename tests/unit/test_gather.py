"""What is asked side by side: at once where nobody waits, together where anybody does."""

import asyncio

import anyio
import pytest

from verifier.gather import side_by_side


@pytest.mark.anyio
async def test_all_have_begun_once_one_waits() -> None:
    begun = 0
    everybody = anyio.Event()

    async def meet(number: int) -> int:
        nonlocal begun
        begun += 1
        if begun == 4:
            everybody.set()
        await everybody.wait()
        return number

    with anyio.fail_after(5):
        assert await side_by_side(meet, range(4)) == [0, 1, 2, 3]


@pytest.mark.anyio
@pytest.mark.parametrize("waiting", [(), (0,), (1,), (3,), (0, 2), (1, 2, 3)])
async def test_answers_come_in_the_order_of_what_was_asked(waiting: tuple[int, ...]) -> None:
    asked: list[int] = []

    async def answer(number: int) -> int:
        asked.append(number)
        if number in waiting:
            await anyio.sleep(0)
        return number

    assert await side_by_side(answer, range(4)) == [0, 1, 2, 3]
    assert sorted(asked) == [0, 1, 2, 3]


@pytest.mark.anyio
async def test_no_task_is_begun_where_nobody_waits() -> None:
    async def tasks(_: int) -> int:
        return len(asyncio.all_tasks())

    assert len(set(await side_by_side(tasks, range(4)))) == 1


@pytest.mark.anyio
async def test_whoever_is_called_off_calls_off_the_others() -> None:
    ended: list[int] = []

    async def wait(number: int) -> None:
        try:
            await anyio.sleep_forever()
        finally:
            ended.append(number)

    with anyio.move_on_after(0.05):
        await side_by_side(wait, range(3))
    await anyio.sleep(0)
    assert sorted(ended) == [0, 1, 2]
